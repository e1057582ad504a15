package dev.tandem.service.document;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentLookup;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.DocumentSizes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reading documents that a client names by key, alone or many at once, with their vectors if they are wanted. */
@ApplicationScoped
public class FetchService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final DocumentLookup lookup;
    private final DocumentPages pages;
    private final DocumentSizes sizes;
    private final StoredVectorReader vectors;

    FetchService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            DocumentLookup lookup,
            DocumentPages pages,
            DocumentSizes sizes,
            StoredVectorReader vectors) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.lookup = lookup;
        this.pages = pages;
        this.sizes = sizes;
        this.vectors = vectors;
    }

    /** A document. Fails with {@link Refusal.NotFound} if there is none in the scope. */
    public Uni<Document> get(String collection, Scope scope, String key) {
        if (!scope.isLimited()) {
            return lookup.get(collection, key);
        }
        return unitOfWork.read(() -> collections
                .get(collection)
                .chain(owner -> documents.find(owner.id(), owner.read(scope), key))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Document.NOUN, key)));
    }

    /** A document with its vectors. Fails with {@link Refusal.NotFound} if there is none in the scope. */
    public Uni<StoredDocument> withVectors(String collection, Scope scope, String key) {
        return unitOfWork.readOneState(() -> collections
                .get(collection)
                .chain(owner -> documents
                        .find(owner.id(), owner.read(scope), key)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Refusal.NotFound.of(Document.NOUN, key))
                        .chain(document -> vectors.read(owner, List.of(document), true)))
                .map(List::getFirst));
    }

    /**
     * The documents of a scope with these keys, as many of the first as one answer may have. Fails with {@link Refusal.NotFound} if there is no such
     * collection.
     *
     * @param keys each once
     */
    public Uni<Fetched> fetch(String collection, Scope scope, List<String> keys, boolean withVectors) {
        return read(withVectors, () -> collections.get(collection).chain(owner -> {
            Scope seen = owner.read(scope);
            return sizes.byKeys(owner, seen, keys, withVectors)
                    .chain(found -> fetch(owner, seen, keys, found, withVectors));
        }));
    }

    private Uni<Fetched> read(boolean withVectors, Supplier<Uni<Fetched>> work) {
        UnitOfWork.Heavy heavy = unitOfWork.heavy();
        return withVectors ? heavy.readOneState(work) : heavy.read(work);
    }

    private Uni<Fetched> fetch(
            Collection owner, Scope scope, List<String> keys, Map<String, DocumentSize> found, boolean withVectors) {
        List<String> there = keys.stream().filter(found::containsKey).toList();
        List<DocumentSize> ordered = there.stream().map(found::get).toList();
        int fitting = DocumentSize.fitting(ordered, DocumentPages.LARGEST_PAGE);
        List<UUID> ids = ordered.stream().limit(fitting).map(DocumentSize::id).toList();
        return pages.matching(owner.id(), scope, Filter.EVERYTHING, ids)
                .map(rows -> ordered(ids, rows))
                .chain(rows -> vectors.read(owner, rows, withVectors))
                .map(stored -> fetched(keys, stored, there.subList(fitting, there.size())));
    }

    /** One that has been deleted since its size was looked at is left out. */
    private static List<Document> ordered(List<UUID> ids, List<Document> rows) {
        Map<UUID, Document> byId = rows.stream().collect(toMap(Document::id, Function.identity()));
        return ids.stream().filter(byId::containsKey).map(byId::get).toList();
    }

    private static Fetched fetched(List<String> keys, List<StoredDocument> found, List<String> remaining) {
        Set<String> there = new HashSet<>(remaining);
        found.forEach(stored -> there.add(stored.document().key()));
        return new Fetched(
                found, keys.stream().filter(key -> !there.contains(key)).toList(), remaining);
    }
}
