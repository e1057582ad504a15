package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.factory.collection.NameFactory;
import dev.tandem.repository.AliasRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.JobRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Gives collections other names. Everything that belongs to a collection names it by its id, so nothing else has to move. */
@ApplicationScoped
public class RenamingService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final AliasRepository aliases;
    private final JobRepository jobs;
    private final NameFactory factory;
    private final CollectionJudge judge;

    RenamingService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            AliasRepository aliases,
            JobRepository jobs,
            NameFactory factory,
            CollectionJudge judge) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.aliases = aliases;
        this.jobs = jobs;
        this.factory = factory;
        this.judge = judge;
    }

    /**
     * Renames a collection. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} if the name is none, and with {@link
     * dev.tandem.domain.refusal.Refusal.Conflict} if it is taken, or if the documents are records of a model.
     *
     * @param keepsAlias whether the former name becomes an alias, in the same transaction
     */
    public Uni<Collection> rename(
            String name, @Nullable String newName, boolean keepsAlias, Precondition precondition) {
        return unitOfWork.write(() -> collections.lock(name).chain(current -> {
            current.refuseIfDerived();
            precondition.check(current.version(), false);
            Collection renamed = factory.rename(current, newName);
            if (renamed.equals(current)) {
                return Uni.createFrom().item(current);
            }
            return collections
                    .rename(renamed)
                    .chain(() -> jobs.rename(renamed.id(), renamed.name()))
                    .chain(() -> keepsAlias
                            ? keepAlias(current.name(), renamed)
                            : Uni.createFrom().voidItem())
                    .replaceWith(renamed);
        }));
    }

    private Uni<Void> keepAlias(String formerName, Collection renamed) {
        judge.mayBeAlias(formerName);
        return aliases.lock(formerName).chain(() -> aliases.add(factory.alias(formerName, renamed)));
    }
}
