package dev.tandem.service.info;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.job.Backlog;
import dev.tandem.repository.BacklogRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Says how much is still to be done. */
@Singleton
public class BacklogService {

    private final UnitOfWork unitOfWork;
    private final BacklogRepository repository;

    BacklogService(UnitOfWork unitOfWork, BacklogRepository repository) {
        this.unitOfWork = unitOfWork;
        this.repository = repository;
    }

    /** What there is at this moment. */
    public Uni<Backlog> read() {
        return unitOfWork.heavy().read(repository::read);
    }
}
