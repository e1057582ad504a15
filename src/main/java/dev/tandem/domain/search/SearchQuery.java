package dev.tandem.domain.search;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.example.Examples;
import dev.tandem.domain.search.paging.PageQuery;
import dev.tandem.domain.search.passage.PassageQuery;
import dev.tandem.domain.search.variety.Variety;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search of a collection.
 *
 * @param text what to look for; null where only a vector or examples are given
 * @param vector used instead of the text's embedding; null to embed the text
 * @param limit the largest number of hits
 * @param effort how many of the nearest the vector search keeps in sight; null for as many as it usually needs
 * @param minSimilarity the least similarity of documents that the vector search finds; null accepts all
 * @param passages null if hits are to have none
 * @param explain whether each hit says what the lists add to its score
 * @param degrade whether keyword hits alone will do while the vector search is away, and the search's own order while the reranker is
 * @param rerank null to leave the hits in the order of the search
 * @param variety how much the hits are to differ from each other
 * @param examples take the place of a vector; null if there are none
 * @param facets what to count of the documents that the search is about; null for nothing
 * @param page which page of the hits, and whether they are counted
 * @param minSequence the answer must show every write up to this transaction; 0 for the present state
 */
public record SearchQuery(
        @Nullable SearchText text,
        @Nullable Vector vector,
        SearchMode mode,
        Filter filter,
        int limit,
        @Nullable Integer effort,
        Fusion fusion,
        @Nullable Double minSimilarity,
        Set<Include> include,
        @Nullable PassageQuery passages,
        boolean explain,
        boolean degrade,
        @Nullable Rerank rerank,
        Variety variety,
        @Nullable Examples examples,
        @Nullable FacetQuery facets,
        PageQuery page,
        long minSequence) {

    /** What a hit contains beside its key and scores. */
    public enum Include {
        DOCUMENT,
        TITLE,
        METADATA,
        /** The best chunk. */
        CHUNK,
        /** The best chunks, with their neighbours. */
        PASSAGES,
        HIGHLIGHTS,
        /** The document's stored vectors. */
        VECTOR
    }

    /** What documents must have and must not have. */
    public List<Clause> demands() {
        return text == null ? List.of() : text.demands();
    }

    /** The keyword search that is left of a hybrid one. */
    public SearchQuery byWords() {
        return new SearchQuery(
                text,
                null,
                SearchMode.KEYWORD,
                filter,
                limit,
                null,
                fusion,
                null,
                include,
                passages,
                explain,
                degrade,
                rerank,
                variety,
                examples,
                facets,
                page,
                minSequence);
    }

    /** The search for the hits that a reranker is to order: as many as it orders, with the chunks that it reads. */
    public SearchQuery forReranking(Rerank wanted) {
        return new SearchQuery(
                text,
                vector,
                mode,
                filter,
                Math.max(limit, wanted.top()),
                effort,
                fusion,
                minSimilarity,
                Set.of(Include.CHUNK),
                null,
                false,
                degrade,
                null,
                Variety.ANY,
                examples,
                null,
                page,
                minSequence);
    }

    /** The same search, of which this page is wanted. */
    public SearchQuery with(PageQuery wanted) {
        return new SearchQuery(
                text,
                vector,
                mode,
                filter,
                limit,
                effort,
                fusion,
                minSimilarity,
                include,
                passages,
                explain,
                degrade,
                rerank,
                variety,
                examples,
                facets,
                wanted,
                minSequence);
    }

    /** Whether keyword hits alone will do while the vector search is away. */
    public boolean mayDegrade() {
        return degrade && mode == SearchMode.HYBRID;
    }

    /** Whether the client has sent a vector, which is one of the model that the collection names. */
    public boolean hasVector() {
        return vector != null || (examples != null && examples.haveVector());
    }

    /** Whether the contents of the hits have to be read: because they are shown, or because something that is shown is taken from them. */
    public boolean needsContents() {
        return includes(Include.DOCUMENT)
                || includes(Include.CHUNK)
                || includes(Include.PASSAGES)
                || (includes(Include.HIGHLIGHTS) && text != null);
    }

    public boolean includes(Include part) {
        return include.contains(part);
    }
}
