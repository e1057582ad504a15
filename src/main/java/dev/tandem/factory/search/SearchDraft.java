package dev.tandem.factory.search;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.factory.metadata.FacetDraft;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search as a client requests it, not checked yet. Null means that the client did not mention it. */
@SuppressWarnings("ArrayRecordComponent") // passed from the edge to the factory, never compared
public record SearchDraft(
        @Nullable String query,
        @Nullable String syntax,
        @Nullable String fuzzy,
        @Nullable Boolean prefix,
        float @Nullable [] vector,
        @Nullable String mode,
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable Integer limit,
        @Nullable Integer effort,
        @Nullable FusionDraft fusion,
        @Nullable Double minSimilarity,
        @Nullable List<String> include,
        @Nullable PassagesDraft passages,
        @Nullable BudgetDraft budget,
        @Nullable Boolean explain,
        @Nullable Boolean degrade,
        @Nullable RerankDraft rerank,
        @Nullable VarietyDraft variety,
        @Nullable LikeDraft examples,
        @Nullable Map<String, @Nullable FacetDraft> facets,
        @Nullable PageDraft page,
        long minSequence) {

    boolean hasText() {
        return query != null && !query.isBlank();
    }

    /** Whether it says where to search, beside a text. */
    boolean hasVector() {
        return vector != null || examples != null;
    }

    /** How the two lists become one, not checked yet. */
    public record FusionDraft(
            @Nullable String type,
            @Nullable Double keywordWeight,
            @Nullable Double vectorWeight,
            @Nullable Integer k) {}

    /** Which passages hits have, not checked yet. */
    public record PassagesDraft(
            @Nullable Integer perDocument, @Nullable Integer around) {}

    /** How much the answer may be, not checked yet. */
    public record BudgetDraft(@Nullable Integer tokens) {}

    /** Which model decides the order of the best hits, not checked yet. */
    public record RerankDraft(
            @Nullable String model, @Nullable Integer top) {}

    /** Examples that hits are to be like and unlike, not checked yet. */
    public record LikeDraft(
            @Nullable List<ExampleDraft> like, @Nullable List<ExampleDraft> unlike) {}

    /** An example, not checked yet. */
    public record ExampleDraft(
            @Nullable String key,
            float @Nullable [] vector,
            @Nullable String text) {}

    /** How much hits are to differ from each other, not checked yet. */
    public record VarietyDraft(
            @Nullable GroupByDraft groupBy, @Nullable DiversityDraft diversity) {}

    /** That hits which are like better ones give way to others, not checked yet. */
    public record DiversityDraft(
            @Nullable Double lambda, @Nullable Integer top) {}

    /** How many hits may have the same value in a field, not checked yet. */
    public record GroupByDraft(
            @Nullable String field, @Nullable Integer size) {}

    /**
     * Which page of the hits the answer has, not checked yet.
     *
     * @param isPaged whether others can follow
     * @param from where the page begins; null for the first one
     */
    public record PageDraft(boolean isPaged, @Nullable HitPlace from, boolean hasTotal) {

        /** The refusal of pages where a search is not answered by itself. */
        public static Refusal alone() {
            return new Refusal.Rejected(
                    "/pages", "search.pages.alone", "Only a search of a collection by itself has pages.");
        }
    }
}
