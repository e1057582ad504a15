package dev.tandem.api.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.document.DocumentView;
import dev.tandem.api.document.EmbeddedChunkView;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Place;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A document that a search found. Fields that were not requested or do not apply are left out.
 *
 * @param score what the hits are ordered by, comparable within one answer only
 * @param keywordScore BM25
 * @param vectorSimilarity of the best chunk, in the collection's metric
 * @param chunk that chunk
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
public record HitView(
        String key,
        UUID id,
        double score,
        @Nullable Double keywordScore,
        @Nullable Integer keywordRank,
        @Nullable Double vectorSimilarity,
        @Nullable Integer vectorRank,
        @Nullable DocumentView document,
        @Nullable ChunkView chunk,
        @Nullable Map<String, List<String>> highlights,
        @Nullable Explanation explanation,
        float @Nullable [] vector,
        @Nullable String model,
        @Nullable List<EmbeddedChunkView> chunks) {

    /** A chunk: its place in the content, in UTF-16 units, and its text. */
    @Schema(name = "HitChunkView")
    public record ChunkView(int ordinal, int start, int end, String text) {}

    /** What each list adds to the score. */
    public record Explanation(double keyword, double vector) {}

    /** What a search says of a document. */
    public static HitView of(SearchHit hit, SearchQuery query) {
        Ranking ranking = hit.ranking();
        SearchHit.BestChunk chunk = hit.chunk();
        Vector own = hit.vectors().own();
        return new HitView(
                hit.document().key(),
                hit.document().id(),
                ranking.score(),
                ranking.keyword() == null ? null : ranking.keyword().score(),
                rank(ranking.keywordPlace()),
                ranking.vector() == null ? null : ranking.vector().similarity(),
                rank(ranking.vectorPlace()),
                query.includes(Include.DOCUMENT) ? DocumentView.of(hit.document()) : null,
                chunk == null ? null : new ChunkView(chunk.ordinal(), chunk.start(), chunk.end(), chunk.text()),
                query.includes(Include.HIGHLIGHTS) ? hit.highlights() : null,
                query.explain() ? new Explanation(part(ranking.keywordPlace()), part(ranking.vectorPlace())) : null,
                own == null ? null : own.toArray(),
                hit.vectors().model(),
                EmbeddedChunkView.of(hit.vectors()));
    }

    private static @Nullable Integer rank(@Nullable Place place) {
        return place == null ? null : place.rank();
    }

    private static double part(@Nullable Place place) {
        return place == null ? 0 : place.contribution();
    }
}
