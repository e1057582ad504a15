package dev.tandem.factory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.domain.search.passage.PassageQuery;
import dev.tandem.factory.search.SearchDraft.BudgetDraft;
import dev.tandem.factory.search.SearchDraft.DiversityDraft;
import dev.tandem.factory.search.SearchDraft.ExampleDraft;
import dev.tandem.factory.search.SearchDraft.FusionDraft;
import dev.tandem.factory.search.SearchDraft.GroupByDraft;
import dev.tandem.factory.search.SearchDraft.LikeDraft;
import dev.tandem.factory.search.SearchDraft.PageDraft;
import dev.tandem.factory.search.SearchDraft.PassagesDraft;
import dev.tandem.factory.search.SearchDraft.RerankDraft;
import dev.tandem.factory.search.SearchDraft.VarietyDraft;
import dev.tandem.testing.CollectionSamples;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchFactoryTest {

    private static final Collection MODEL = new CollectionSamples(new Random(1)).next(CollectionSamples.fakeModel());
    private static final Collection NONE = new CollectionSamples(new Random(2)).next(CollectionSamples.ownVectors(2));

    private static final Set<String> RERANKERS = new TreeSet<>(Set.of("small", "large"));

    private final SearchFactory factory = new SearchFactory();

    @Test
    void wordsAreEnough() {
        SearchQuery query = factory.create(MODEL, Scope.EVERYTHING, draft("tea", null, null), RERANKERS);
        assertThat(query.text()).isEqualTo(SearchText.plain("tea"));
        assertThat(query.vector()).isNull();
        assertThat(query.mode()).isEqualTo(SearchMode.HYBRID);
        assertThat(query.filter()).isEqualTo(Filter.EVERYTHING);
        assertThat(query.limit()).isEqualTo(10);
        assertThat(query.fusion()).isEqualTo(new Fusion.Standard(0.5, 0.5));
        assertThat(query.minSimilarity()).isNull();
        assertThat(query.include()).containsExactly(Include.DOCUMENT);
        assertThat(query.explain()).isFalse();
        assertThat(query.rerank()).isNull();
        assertThat(query.minSequence()).isZero();
    }

    @ParameterizedTest(name = "words: {0}, vector: {1} is {2} with a model and {3} without")
    @CsvSource({"true, false, HYBRID, KEYWORD", "true, true, HYBRID, HYBRID", "false, true, VECTOR, VECTOR"})
    void searchesByAllItCan(boolean words, boolean vector, SearchMode withModel, SearchMode without) {
        float[] components = vector ? new float[64] : null;
        if (components != null) {
            components[0] = 1;
        }
        assertThat(factory.create(MODEL, Scope.EVERYTHING, draft(words ? "tea" : null, components, null), RERANKERS)
                        .mode())
                .isEqualTo(withModel);
        assertThat(factory.create(
                                NONE,
                                Scope.EVERYTHING,
                                draft(words ? "tea" : null, vector ? new float[] {1, 0} : null, null),
                                RERANKERS)
                        .mode())
                .isEqualTo(without);
    }

    @Test
    void takesWhatIsSaid() {
        SearchQuery query = factory.create(
                NONE,
                Scope.EVERYTHING,
                new SearchDraft(
                        "tea",
                        "simple",
                        "auto",
                        true,
                        new float[] {0, 1},
                        "vector",
                        Map.of("year", Map.of("$gte", 2020)),
                        1000,
                        300,
                        new FusionDraft("rrf", 0.0, 1.0, 1),
                        0.25,
                        List.of("chunk", "highlights"),
                        null,
                        null,
                        true,
                        true,
                        new RerankDraft("large", 200),
                        null,
                        null,
                        null,
                        null,
                        77),
                RERANKERS);
        assertThat(query.demands()).isEmpty();
        assertThat(query.text().clauses())
                .containsExactly(new Clause(Occur.SHOULD, Kind.WORDS, "tea", new Leeway(true, true)));
        assertThat(query.mode()).isEqualTo(SearchMode.VECTOR);
        assertThat(query.filter())
                .isEqualTo(new Filter.Compare(FieldPath.parse("year"), Comparison.GREATER_OR_EQUAL, 2020L));
        assertThat(query.limit()).isEqualTo(1000);
        assertThat(query.effort()).isEqualTo(300);
        assertThat(query.fusion()).isEqualTo(new Fusion.ReciprocalRank(0, 1, 1));
        assertThat(query.minSimilarity()).isEqualTo(0.25);
        assertThat(query.include()).containsExactlyInAnyOrder(Include.CHUNK, Include.HIGHLIGHTS);
        assertThat(query.explain()).isTrue();
        assertThat(query.rerank()).isEqualTo(new Rerank("large", 200));
        assertThat(query.minSequence()).isEqualTo(77);
    }

    @Test
    void aRerankerOrdersTheFirstFifty() {
        assertThat(factory.create(
                                MODEL,
                                Scope.EVERYTHING,
                                reranked("tea", null, new RerankDraft("small", null)),
                                RERANKERS)
                        .rerank())
                .isEqualTo(new Rerank("small", 50));
    }

    @Test
    void aRerankerHasRules() {
        SearchDraft unknown = reranked("tea", null, new RerankDraft("huge", 0));
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> factory.create(MODEL, Scope.EVERYTHING, unknown, RERANKERS))
                .satisfies(refusal -> assertThat(refusal.violations())
                        .extracting(Violation::message)
                        .contains("The name of a reranker is required. This service has large, small."));
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> factory.create(
                        MODEL, Scope.EVERYTHING, reranked("tea", null, new RerankDraft("small", 1)), Set.of()))
                .withMessage("This service has no reranker.");
        assertThat(broken(MODEL, unknown))
                .containsExactly("/rerank/model search.rerank.model", "/rerank/top search.rerank.top");
        assertThat(broken(MODEL, reranked("tea", null, new RerankDraft(null, 201))))
                .containsExactly("/rerank/model search.rerank.model", "/rerank/top search.rerank.top");
        assertThat(broken(NONE, reranked(" ", new float[] {1, 0}, new RerankDraft("small", 1))))
                .containsExactly("/query search.query.required");
        assertThat(broken(NONE, reranked(null, null, new RerankDraft("small", 1))))
                .containsExactly("/query search.query.required");
    }

    private static SearchDraft reranked(@Nullable String query, float @Nullable [] vector, RerankDraft rerank) {
        return new SearchDraft(
                query, null, null, null, vector, null, null, null, null, null, null, null, null, null, null, null,
                rerank, null, null, null, null, 0);
    }

    @Test
    void nothingToLookForIsNoSearch() {
        assertThat(broken(MODEL, draft(null, null, null))).containsExactly("/query search.query.required");
        assertThat(broken(MODEL, draft(" \t", null, null))).containsExactly("/query search.query.required");
    }

    @Test
    void aModeNeedsWhatItSearchesBy() {
        assertThat(broken(NONE, draft("tea", null, "vector"))).containsExactly("/vector search.vector.required");
        assertThat(broken(NONE, draft("tea", null, "hybrid"))).containsExactly("/vector search.vector.required");
        assertThat(broken(NONE, draft(null, new float[] {1, 0}, "keyword")))
                .containsExactly("/query search.query.required");
        assertThat(broken(NONE, draft(null, new float[] {1, 0}, "hybrid")))
                .containsExactly("/query search.query.required");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE})
    void limitsHaveLimits(int limit) {
        assertThat(broken(
                        MODEL,
                        new SearchDraft(
                                "tea", null, null, null, null, null, null, limit, null, null, null, null, null, null,
                                null, null, null, null, null, null, null, 0)))
                .containsExactly("/limit limit.range");
    }

    @Test
    void fusionsHaveRules() {
        assertThat(broken(new FusionDraft(null, 0.0, 0.0, null))).containsExactly("/fusion search.fusion.weight");
        assertThat(broken(new FusionDraft(null, -0.1, null, null)))
                .containsExactly("/fusion/keywordWeight search.fusion.weight");
        assertThat(broken(new FusionDraft(null, null, 1.1, null)))
                .containsExactly("/fusion/vectorWeight search.fusion.weight");
        assertThat(broken(new FusionDraft(null, Double.NaN, null, null)))
                .containsExactly("/fusion/keywordWeight search.fusion.weight");
        assertThat(broken(new FusionDraft("rrf", null, null, 0))).containsExactly("/fusion/k search.fusion.k");
        assertThat(broken(new FusionDraft("rrf", null, null, 10_001))).containsExactly("/fusion/k search.fusion.k");
        assertThat(broken(new FusionDraft("RRF", null, null, null))).containsExactly("/fusion/type choice.unknown");
    }

    @Test
    void aFilterThatIsNoneIsMalformed() {
        assertThatExceptionOfType(Refusal.Malformed.class)
                .isThrownBy(() -> factory.create(
                        MODEL,
                        Scope.EVERYTHING,
                        new SearchDraft(
                                "tea",
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of("a", Map.of("$no", 1)),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                0),
                        RERANKERS))
                .satisfies(refusal -> assertThat(refusal.violations())
                        .extracting(Violation::pointer, Violation::code)
                        .containsExactly(tuple("/filter/a/$no", "filter.unknown_operator")));
    }

    @Test
    void allBrokenRulesAtOnce() {
        SearchDraft bad = new SearchDraft(
                "x".repeat(10_001),
                "lucene",
                "AUTO",
                null,
                new float[] {1},
                "magic",
                null,
                0,
                1_001,
                new FusionDraft("sum", 2.0, -2.0, 0),
                Double.NaN,
                List.of("document", "pictures"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0);
        assertThat(broken(NONE, bad))
                .containsExactlyInAnyOrder(
                        "/query text.too_long",
                        "/vector vector.dimensions",
                        "/syntax choice.unknown",
                        "/fuzzy choice.unknown",
                        "/mode choice.unknown",
                        "/limit limit.range",
                        "/fusion/type choice.unknown",
                        "/fusion/keywordWeight search.fusion.weight",
                        "/fusion/vectorWeight search.fusion.weight",
                        "/fusion/k search.fusion.k",
                        "/effort search.effort",
                        "/minSimilarity search.min_similarity",
                        "/include/1 choice.unknown");
    }

    @Test
    void passagesHaveRules() {
        assertThat(passages(new PassagesDraft(11, -1), new BudgetDraft(0), null))
                .containsExactlyInAnyOrder(
                        "/passages/perDocument search.passages.per_document",
                        "/passages/around search.passages.around",
                        "/budget/tokens search.budget.tokens");
        assertThat(passages(new PassagesDraft(0, 6), new BudgetDraft(1_000_001), List.of()))
                .hasSize(3);
        assertThat(passages(null, new BudgetDraft(null), List.of("title")))
                .containsExactlyInAnyOrder("/budget/tokens search.budget.tokens", "/budget search.budget.passages");
    }

    @Test
    void passagesAreIncludedWhereTheyAreDescribed() {
        SearchQuery described = create(new PassagesDraft(null, 2), null, null);
        assertThat(described.include()).containsExactlyInAnyOrder(Include.TITLE, Include.PASSAGES);
        assertThat(described.passages()).isEqualTo(new PassageQuery(1, 2, null));
        SearchQuery named = create(null, new BudgetDraft(7), List.of("passages", "metadata"));
        assertThat(named.passages()).isEqualTo(new PassageQuery(1, 0, 7));
        assertThat(create(new PassagesDraft(10, 5), null, List.of()).include()).containsExactly(Include.PASSAGES);
        assertThat(create(null, null, null).passages()).isNull();
    }

    private SearchQuery create(
            @Nullable PassagesDraft passages, @Nullable BudgetDraft budget, @Nullable List<String> include) {
        return factory.create(MODEL, Scope.EVERYTHING, reading(passages, budget, include), RERANKERS);
    }

    private List<String> passages(
            @Nullable PassagesDraft passages, @Nullable BudgetDraft budget, @Nullable List<String> include) {
        return broken(MODEL, reading(passages, budget, include));
    }

    private static SearchDraft reading(
            @Nullable PassagesDraft passages, @Nullable BudgetDraft budget, @Nullable List<String> include) {
        return new SearchDraft(
                "tea", null, null, null, null, null, null, null, null, null, null, include, passages, budget, null,
                null, null, null, null, null, null, 0);
    }

    private static SearchDraft draft(@Nullable String query, float @Nullable [] vector, @Nullable String mode) {
        return new SearchDraft(
                query, null, null, null, vector, mode, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, 0);
    }

    private List<String> broken(FusionDraft fusion) {
        return broken(
                MODEL,
                new SearchDraft(
                        "tea", null, null, null, null, null, null, null, null, fusion, null, null, null, null, null,
                        null, null, null, null, null, null, 0));
    }

    private List<String> broken(Collection owner, SearchDraft draft) {
        return assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> factory.create(owner, Scope.EVERYTHING, draft, RERANKERS))
                .actual()
                .violations()
                .stream()
                .map(violation -> violation.pointer() + " " + violation.code())
                .toList();
    }

    private static SearchDraft paged(
            @Nullable String query,
            float @Nullable [] vector,
            int limit,
            boolean isExplained,
            @Nullable RerankDraft rerank,
            @Nullable VarietyDraft variety,
            @Nullable LikeDraft examples) {
        return new SearchDraft(
                query,
                null,
                null,
                null,
                vector,
                null,
                null,
                limit,
                null,
                null,
                null,
                isExplained ? List.of("chunk") : null,
                null,
                null,
                isExplained,
                null,
                rerank,
                variety,
                examples,
                null,
                new PageDraft(true, null, true),
                0);
    }

    private SearchQuery paged(String query, float @Nullable [] vector, int limit, Scope scope, boolean isExplained) {
        return factory.create(NONE, scope, paged(query, vector, limit, isExplained, null, null, null), RERANKERS);
    }

    private String fingerprint(List<ExampleDraft> like, @Nullable List<ExampleDraft> unlike) {
        SearchDraft draft = paged(null, null, 10, false, null, null, new LikeDraft(like, unlike));
        return factory.create(NONE, Scope.EVERYTHING, draft, RERANKERS).page().fingerprint();
    }

    @Test
    void aFingerprintIsOfWhatFindsHitsAndNotOfWhatIsShown() {
        String one = paged("tea", null, 10, Scope.EVERYTHING, false).page().fingerprint();
        assertThat(paged("tea", null, 20, Scope.EVERYTHING, true).page().fingerprint())
                .isEqualTo(one);
        assertThat(paged("teas", null, 10, Scope.EVERYTHING, false).page().fingerprint())
                .isNotEqualTo(one);
        Scope mine = new Scope(new Filter.In(FieldPath.parse("tenant"), List.of("acme")));
        assertThat(paged("tea", null, 10, mine, false).page().fingerprint()).isNotEqualTo(one);
        String near = paged("tea", new float[] {0, 1}, 10, Scope.EVERYTHING, false)
                .page()
                .fingerprint();
        assertThat(near).isNotEqualTo(one);
        assertThat(paged("tea", new float[] {0, 1}, 10, Scope.EVERYTHING, false)
                        .page()
                        .fingerprint())
                .isEqualTo(near);
        assertThat(paged("tea", new float[] {1, 0}, 10, Scope.EVERYTHING, false)
                        .page()
                        .fingerprint())
                .isNotEqualTo(near);
    }

    @Test
    void aFingerprintIsOfExamples() {
        ExampleDraft key = new ExampleDraft("a", null, null);
        ExampleDraft other = new ExampleDraft("b", null, null);
        ExampleDraft up = new ExampleDraft(null, new float[] {0, 1}, null);
        ExampleDraft right = new ExampleDraft(null, new float[] {1, 0}, null);
        List<String> different = List.of(
                fingerprint(List.of(key), null),
                fingerprint(List.of(other), null),
                fingerprint(List.of(key, other), null),
                fingerprint(List.of(key), List.of(other)),
                fingerprint(List.of(up), null),
                fingerprint(List.of(right), null));
        assertThat(different).doesNotHaveDuplicates();
        assertThat(fingerprint(List.of(new ExampleDraft(null, new float[] {0, 1}, null)), null))
                .isEqualTo(fingerprint(List.of(up), null));
        assertThat(fingerprint(List.of(key), List.of())).isEqualTo(fingerprint(List.of(key), null));
    }

    @Test
    void aKeywordSearchThatIsLeftOfAHybridOneHasItsPages() {
        SearchQuery query = paged("tea", null, 10, Scope.EVERYTHING, false);
        assertThat(query.byWords().page()).isEqualTo(query.page());
    }

    @Test
    void whatOnlyTheFirstHitsDecideHasNoPages() {
        assertThat(broken(MODEL, paged("tea", null, 10, false, new RerankDraft("large", 10), null, null)))
                .containsExactly("/rerank search.pages.rerank");
        VarietyDraft variety = new VarietyDraft(new GroupByDraft("year", 1), new DiversityDraft(0.5, 10));
        assertThat(broken(MODEL, paged("tea", null, 10, false, null, variety, null)))
                .containsExactly("/groupBy search.pages.group_by", "/diversity search.pages.diversity");
    }
}
