package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lists the documents of a collection. */
@ApplicationScoped
public class DocumentListService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentPages pages;

    DocumentListService(UnitOfWork unitOfWork, CollectionRepository collections, DocumentPages pages) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.pages = pages;
    }

    /** A page of a collection. Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection. */
    public Uni<Page<Document>> list(String collection, DocumentQuery query) {
        return unitOfWork.read(
                () -> collections.get(collection).chain(owner -> pages.page(owner.id(), query.readBy(owner))));
    }
}
