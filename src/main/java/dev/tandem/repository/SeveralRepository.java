package dev.tandem.repository;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchQuery;
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

    private final HitRows rows;
    private final DocumentSizes sizes;

    SeveralRepository(HitRows rows, DocumentSizes sizes) {
        this.rows = rows;
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

    /**
     * The first ranked documents that exist and match in their collection, in their order, as many as the query wants; fewer if they are large.
     *
     * @param query says what all collections have in common
     */
    public Uni<Hydrated> hydrate(List<Source> sources, List<Ranking> rankings, SearchQuery query) {
        return new Hydration(rows, query, ids -> matching(sources, ids, query.needsContents())).from(rankings);
    }

    private Uni<List<Document>> matching(List<Source> sources, List<UUID> ids, boolean withContents) {
        return inTurn(sources, source -> {
                    List<UUID> own =
                            ids.stream().filter(source.candidates::contains).toList();
                    return own.isEmpty()
                            ? Uni.createFrom().item(List.<Document>of())
                            : rows.matching(source.collection.id(), source.filter, own, withContents);
                })
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    /** The first of the rows that are not too large for one answer with their vectors. */
    public Uni<Hydrated> fittingWithVectors(List<Source> sources, Hydrated hydrated, SearchQuery query) {
        List<Document> all = hydrated.found().stream().map(Found::document).toList();
        return inTurn(sources, source -> {
                    List<Document> own = all.stream().filter(source::has).toList();
                    return own.isEmpty()
                            ? Uni.createFrom().item(Map.<UUID, DocumentSize>of())
                            : sizes.withVectors(source.collection, source.set, own, query.needsContents());
                })
                .map(found -> {
                    Map<UUID, DocumentSize> known = new HashMap<>();
                    found.forEach(known::putAll);
                    return hydrated.limitedTo(DocumentSizes.fitting(all, known));
                });
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
