package dev.tandem.repository;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Ranking;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.repository.SearchRepository.Hydrated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Reads the rows of one list of ranked documents that are of several collections. It needs a session. */
@Singleton
public class SeveralRepository {

    private final DocumentRepository documents;
    private final DocumentPages pages;
    private final DocumentSizes sizes;

    SeveralRepository(DocumentRepository documents, DocumentPages pages, DocumentSizes sizes) {
        this.documents = documents;
        this.pages = pages;
        this.sizes = sizes;
    }

    /**
     * What a search finds in one of the collections.
     *
     * @param set the vectors that it uses
     * @param filter as this collection reads it
     * @param candidates the documents that the index of this collection proposes
     */
    public record Source(Collection collection, VectorSet set, Filter filter, Set<UUID> candidates) {

        private boolean has(Document document) {
            return document.collectionId().equals(collection.id());
        }
    }

    /** The first {@code limit} ranked documents that exist and match in their collection, in their order; fewer if they are large. */
    public Uni<Hydrated> hydrate(List<Source> sources, List<Ranking> rankings, int limit) {
        return new Hydration(documents, limit, ids -> matching(sources, ids)).from(rankings);
    }

    private Uni<List<Document>> matching(List<Source> sources, List<UUID> ids) {
        return inTurn(sources, source -> {
                    List<UUID> own =
                            ids.stream().filter(source.candidates::contains).toList();
                    return own.isEmpty()
                            ? Uni.createFrom().item(List.<Document>of())
                            : pages.matching(source.collection.id(), Scope.EVERYTHING, source.filter, own);
                })
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    /** The first of the rows that are not too large for one answer with their vectors. */
    public Uni<Hydrated> fittingWithVectors(List<Source> sources, Hydrated rows) {
        List<Document> all = rows.found().stream().map(Found::document).toList();
        return inTurn(sources, source -> {
                    List<Document> own = all.stream().filter(source::has).toList();
                    return own.isEmpty()
                            ? Uni.createFrom().item(Map.<UUID, DocumentSize>of())
                            : sizes.withVectors(source.collection, source.set, own);
                })
                .map(found -> {
                    Map<UUID, DocumentSize> known = new HashMap<>();
                    found.forEach(known::putAll);
                    return first(rows, DocumentSizes.fitting(all, known));
                });
    }

    private static Hydrated first(Hydrated rows, int fitting) {
        return new Hydrated(
                rows.found().subList(0, fitting),
                rows.isCut() || fitting < rows.found().size());
    }

    /** One after the other, as they share a session. */
    private static <T> Uni<List<T>> inTurn(List<Source> sources, Function<Source, Uni<T>> read) {
        return Multi.createFrom()
                .iterable(sources)
                .onItem()
                .transformToUniAndConcatenate(read::apply)
                .collect()
                .asList();
    }
}
