package dev.tandem.repository;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.domain.search.variety.Grouping;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.parts.CollectionSearch;
import dev.tandem.index.parts.Engines;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by keywords and vectors, and combines index and rows. The index proposes candidates, and the rows decide: the index may
 * be a moment behind, so a hit needs a row that matches the filter.
 */
@Singleton
public class SearchRepository {

    private final Engines engines;
    private final HitRows rows;
    private final ChunkRepository chunks;
    private final ChunkLookup chunkLookup;
    private final DocumentSizes sizes;
    private final HitLookup lookup;
    private final HitGroups groups;

    SearchRepository(
            Engines engines,
            HitRows rows,
            ChunkRepository chunks,
            ChunkLookup chunkLookup,
            DocumentSizes sizes,
            HitLookup lookup,
            HitGroups groups) {
        this.engines = engines;
        this.rows = rows;
        this.chunks = chunks;
        this.chunkLookup = chunkLookup;
        this.sizes = sizes;
        this.lookup = lookup;
        this.groups = groups;
    }

    /** A ranked document with its present row, which has no content if the query needs none. */
    public record Found(Ranking ranking, Document document) {}

    /** The candidates that the index of a set proposes. It needs no session. */
    public Uni<Candidates> candidates(Collection collection, VectorSet set, CandidateQuery query) {
        return new CollectionSearch(engines, collection.indexed(set)).candidates(query);
    }

    /** The candidates with the chunks counted of so many first vector matches: an engine may not know how many a document has. */
    public Uni<Candidates> counted(VectorSet set, Candidates candidates, int first) {
        List<UUID> unknown = candidates.uncounted(first);
        return unknown.isEmpty()
                ? Uni.createFrom().item(candidates)
                : chunkLookup.counts(set, unknown).map(candidates::counted);
    }

    /**
     * The first of the ranked documents.
     *
     * @param isCut whether some were left out because they would be too large together
     */
    public record Hydrated(List<Found> found, boolean isCut) {

        /** Whether there are too few hits because rows have dropped out. */
        public boolean isShort(SearchQuery query, List<Ranking> rankings) {
            return !isCut && found.size() < query.limit() && found.size() < rankings.size();
        }

        /** The first so many of them. */
        Hydrated limitedTo(int fewer) {
            return new Hydrated(found.subList(0, fewer), isCut || fewer < found.size());
        }
    }

    /**
     * The first ranked documents, as many as the query wants, read without a session. Null if that takes more: there is a filter, they are many or too large
     * together, or one of them is gone. Then {@link #hydrate} knows what to do.
     */
    public Uni<@Nullable Hydrated> lookUp(Collection collection, List<Ranking> rankings, SearchQuery query) {
        if (!query.filter().equals(Filter.EVERYTHING) || query.limit() > HitLookup.MOST) {
            return Uni.createFrom().nullItem();
        }
        List<Ranking> first = rankings.subList(0, Math.min(query.limit(), rankings.size()));
        return first.isEmpty()
                ? Uni.createFrom().item(new Hydrated(List.of(), false))
                : lookup.of(collection.id(), ids(first), query.needsContents())
                        .map(read -> read.size() < first.size() ? null : new Hydrated(found(first, read), false));
    }

    static List<Found> found(List<Ranking> rankings, Map<UUID, Document> rows) {
        List<Found> found = new ArrayList<>();
        for (Ranking ranking : rankings) {
            Document row = rows.get(ranking.documentId());
            if (row != null) {
                found.add(new Found(ranking, row));
            }
        }
        return found;
    }

    /** The first ranked documents that exist and match, in their order, as many as the query wants; fewer if they are large. */
    public Uni<Hydrated> hydrate(Collection collection, List<Ranking> rankings, SearchQuery query) {
        return new Hydration(
                        rows, query, ids -> rows.matching(collection.id(), query.filter(), ids, query.needsContents()))
                .from(rankings);
    }

    /** The rankings that may become hits: all of them, or the first that exist, match, and fit into their groups if the query limits these. */
    public Uni<List<Ranking>> fitting(Collection collection, List<Ranking> rankings, SearchQuery query) {
        Grouping grouping = query.variety().groups();
        return grouping == null
                ? Uni.createFrom().item(rankings)
                : groups.first(collection.id(), rankings, query.filter(), grouping, query.limit());
    }

    /** The first of the rows that are not too large for one answer with their vectors in a set. */
    public Uni<Hydrated> fittingWithVectors(
            Collection collection, VectorSet set, Hydrated hydrated, SearchQuery query) {
        List<Document> all = hydrated.found().stream().map(Found::document).toList();
        return sizes.withVectors(collection, set, all, query.needsContents())
                .map(known -> hydrated.limitedTo(DocumentSizes.fitting(all, known)));
    }

    static List<UUID> ids(List<Ranking> rankings) {
        return rankings.stream().map(Ranking::documentId).toList();
    }

    /** Where the best chunk of each of these documents lies in its content; none for a document that the vector search did not find. */
    public Uni<Map<UUID, Span>> passages(VectorSet set, List<Found> found) {
        Map<UUID, Integer> ordinals = new HashMap<>();
        for (Found hit : found) {
            VectorMatch match = hit.ranking().vector();
            // The offsets of stale chunks belong to another text.
            if (match != null && !hit.document().hasStaleVectors(set)) {
                ordinals.put(hit.document().id(), match.ordinal());
            }
        }
        return ordinals.isEmpty() ? Uni.createFrom().item(Map.of()) : chunks.spans(set, ordinals);
    }

    /** The chunks of these documents in a set, with their vectors. */
    public Uni<Map<UUID, List<Chunk>>> chunks(VectorSet set, List<Found> found) {
        return chunks.of(set, found.stream().map(hit -> hit.document().id()).toList());
    }
}
