package dev.tandem.api.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.document.DocumentView;
import dev.tandem.api.document.EmbeddedChunkView;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Diversified;
import dev.tandem.domain.search.Ranking.Place;
import dev.tandem.domain.search.Ranking.Reranked;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.passage.Passage;
import dev.tandem.domain.search.variety.Grouping;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A document that a search found. Fields that were not requested or do not apply are left out.
 *
 * @param collection that has the document, if several were searched
 * @param score what the search orders hits by, comparable within one answer only
 * @param rerankScore what the reranker orders the hits by that it has seen, comparable within one answer only
 * @param keywordScore BM25
 * @param vectorSimilarity of the best chunk, in the collection's metric
 * @param chunk that chunk
 * @param groups the values that the document has in the field by which the search groups, if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
public record HitView(
        @Nullable String collection,
        String key,
        UUID id,
        double score,
        @Nullable Double keywordScore,
        @Nullable Integer keywordRank,
        @Nullable Double vectorSimilarity,
        @Nullable Integer vectorRank,
        @Nullable Double rerankScore,
        @Nullable DocumentView document,
        @Nullable String title,
        @Nullable Map<String, @Nullable Object> metadata,
        @Nullable ChunkView chunk,
        @Nullable List<PassageView> passages,
        @Nullable Map<String, List<String>> highlights,
        @Nullable Explanation explanation,
        float @Nullable [] vector,
        @Nullable String model,
        @Nullable List<EmbeddedChunkView> chunks,
        @Nullable List<@Nullable Object> groups) {

    /** A chunk: its place in the content, in UTF-16 units, and its text. */
    @Schema(name = "HitChunkView")
    public record ChunkView(int ordinal, int start, int end, String text) {}

    /**
     * A passage: its place in the content, in UTF-16 units, and its text.
     *
     * @param firstChunk the ordinal of its first chunk; missing if the document has no chunks of its present text
     * @param lastChunk the ordinal of its last chunk
     * @param similarity of its best chunk, if the search has a vector
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HitPassageView")
    public record PassageView(
            @Nullable Integer firstChunk,
            @Nullable Integer lastChunk,
            int start,
            int end,
            String text,
            @Nullable Double similarity) {

        private static PassageView of(Passage passage) {
            Passage.Chunks chunks = passage.chunks();
            return new PassageView(
                    chunks == null ? null : Integer.valueOf(chunks.first()),
                    chunks == null ? null : Integer.valueOf(chunks.last()),
                    passage.start(),
                    passage.end(),
                    passage.text(),
                    passage.similarity());
        }
    }

    /**
     * Why a hit has its place.
     *
     * @param keyword what the keyword search adds to the score
     * @param vector what the vector search adds to the score
     * @param rankBefore the place that the hit had before the reranker, from 1
     * @param diversity if the hit took part in it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Explanation(
            double keyword,
            double vector,
            @Nullable Integer rankBefore,
            @Nullable DiversityView diversity) {

        static Explanation of(Ranking ranking) {
            Reranked reranked = ranking.reranked();
            return new Explanation(
                    part(ranking.keywordPlace()),
                    part(ranking.vectorPlace()),
                    reranked == null ? null : Integer.valueOf(reranked.rankBefore()),
                    DiversityView.of(ranking.diversified()));
        }

        private static double part(@Nullable Place place) {
            return place == null ? 0 : place.contribution();
        }
    }

    /**
     * Why a hit has its place among hits that are to differ.
     *
     * @param relevance from 0 to 1
     * @param similarity to the most similar hit before it, from 0 to 1
     * @param rankBefore the place that the hit had before, from 1
     */
    public record DiversityView(double relevance, double similarity, int rankBefore) {

        private static @Nullable DiversityView of(@Nullable Diversified diversified) {
            return diversified == null
                    ? null
                    : new DiversityView(diversified.relevance(), diversified.similarity(), diversified.rankBefore());
        }
    }

    /** What a search of one collection says of a document. */
    public static HitView of(SearchHit hit, SearchQuery query) {
        return of(null, hit, query);
    }

    /** @param collection the name of the one that has the document; null if only one was searched */
    static HitView of(@Nullable String collection, SearchHit hit, SearchQuery query) {
        Ranking ranking = hit.ranking();
        SearchHit.BestChunk chunk = hit.chunk();
        Vector own = hit.vectors().own();
        return new HitView(
                collection,
                hit.document().key(),
                hit.document().id(),
                ranking.score(),
                ranking.keyword() == null ? null : ranking.keyword().score(),
                rank(ranking.keywordPlace()),
                ranking.vector() == null ? null : ranking.vector().similarity(),
                rank(ranking.vectorPlace()),
                ranking.reranked() == null ? null : ranking.reranked().score(),
                query.includes(Include.DOCUMENT) ? DocumentView.of(hit.document()) : null,
                query.includes(Include.TITLE) ? hit.document().title() : null,
                query.includes(Include.METADATA) ? hit.document().metadata().values() : null,
                chunk == null ? null : new ChunkView(chunk.ordinal(), chunk.start(), chunk.end(), chunk.text()),
                query.includes(Include.PASSAGES)
                        ? hit.passages().stream().map(PassageView::of).toList()
                        : null,
                query.includes(Include.HIGHLIGHTS) ? hit.highlights() : null,
                query.explain() ? Explanation.of(ranking) : null,
                own == null ? null : own.toArray(),
                hit.vectors().model(),
                EmbeddedChunkView.of(hit.vectors()),
                groups(hit, query.variety().groups()));
    }

    private static @Nullable List<@Nullable Object> groups(SearchHit hit, @Nullable Grouping grouping) {
        return grouping == null ? null : grouping.values(hit.document().metadata());
    }

    private static @Nullable Integer rank(@Nullable Place place) {
        return place == null ? null : place.rank();
    }
}
