package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.repository.CollectionLookup;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.DocumentSizes;
import dev.tandem.repository.PageLookup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lists the documents of a collection. */
@ApplicationScoped
public class DocumentListService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentPages pages;
    private final CollectionLookup names;
    private final PageLookup lookup;
    private final DocumentSizes sizes;
    private final StoredVectorReader vectors;

    DocumentListService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentPages pages,
            CollectionLookup names,
            PageLookup lookup,
            DocumentSizes sizes,
            StoredVectorReader vectors) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.pages = pages;
        this.names = names;
        this.lookup = lookup;
        this.sizes = sizes;
        this.vectors = vectors;
    }

    /** A page of what a scope has of a collection. Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection. */
    public Uni<Page<StoredDocument>> list(String collection, Scope scope, DocumentQuery query) {
        return query.count() == DocumentQuery.Count.NONE
                ? names.get(collection).chain(owner -> lookup.page(
                                owner.id(), query.readBy(owner).within(owner.read(scope)))
                        .chain(page -> stored(owner, page, false)))
                : listCounted(collection, scope, query);
    }

    private Uni<Page<StoredDocument>> listCounted(String collection, Scope scope, DocumentQuery query) {
        return unitOfWork.heavy().read(() -> collections.get(collection).chain(owner -> pages.page(
                        owner.id(), owner.read(scope), query.readBy(owner))
                .chain(page -> stored(owner, page, false))));
    }

    /** The same with the vectors of the documents; shorter where those are many. */
    public Uni<Page<StoredDocument>> listWithVectors(String collection, Scope scope, DocumentQuery query) {
        return unitOfWork.heavy().readOneState(() -> collections.get(collection).chain(owner -> pages.page(
                        owner.id(), owner.read(scope), query.readBy(owner))
                .chain(page -> sizes.fittingWithVectors(owner, owner.searched(), page.items())
                        .map(page::limitedTo))
                .chain(page -> stored(owner, page, true))));
    }

    private Uni<Page<StoredDocument>> stored(Collection owner, Page<Document> page, boolean withVectors) {
        return vectors.read(owner, page.items(), withVectors)
                .map(items -> new Page<>(items, page.hasMore(), page.count()));
    }
}
