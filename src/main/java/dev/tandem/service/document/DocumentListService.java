package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.advice.UsedFields;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.repository.CollectionLookup;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.PageLookup;
import dev.tandem.service.advice.FieldUses;
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
    private final StoredVectorReader vectors;
    private final FieldUses uses;

    DocumentListService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentPages pages,
            CollectionLookup names,
            PageLookup lookup,
            StoredVectorReader vectors,
            FieldUses uses) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.pages = pages;
        this.names = names;
        this.lookup = lookup;
        this.vectors = vectors;
        this.uses = uses;
    }

    /** A page of what a scope has of a collection. Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection. */
    public Uni<Page<StoredDocument>> list(String collection, Scope scope, DocumentQuery query) {
        return query.count() == DocumentQuery.Count.NONE
                ? names.get(collection)
                        .chain(owner -> uncounted(owner, query.readBy(owner).within(owner.read(scope)))
                                .chain(page -> stored(owner, page, false)))
                : listCounted(collection, scope, query);
    }

    private Uni<Page<Document>> uncounted(Collection owner, DocumentQuery query) {
        return uses.counted(owner.id(), UsedFields.of(query), lookup.page(owner, query));
    }

    private Uni<Page<StoredDocument>> listCounted(String collection, Scope scope, DocumentQuery query) {
        return unitOfWork.heavy().read(() -> collections.get(collection).chain(owner -> page(owner, scope, query)
                .chain(page -> stored(owner, page, false))));
    }

    /** The same with the vectors of the documents; shorter where those are many. */
    public Uni<Page<StoredDocument>> listWithVectors(String collection, Scope scope, DocumentQuery query) {
        return unitOfWork.heavy().readOneState(() -> collections.get(collection).chain(owner -> page(
                        owner, scope, query)
                .chain(page -> vectors.fitting(owner, page))
                .chain(page -> stored(owner, page, true))));
    }

    private Uni<Page<Document>> page(Collection owner, Scope scope, DocumentQuery query) {
        Scope read = owner.read(scope);
        DocumentQuery seen = query.readBy(owner);
        return uses.counted(owner.id(), UsedFields.of(seen.within(read)), pages.page(owner, read, seen));
    }

    private Uni<Page<StoredDocument>> stored(Collection owner, Page<Document> page, boolean withVectors) {
        return vectors.read(owner, page.items(), withVectors)
                .map(items -> new Page<>(items, page.hasMore(), page.count()));
    }
}
