package dev.tandem.factory.search;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.domain.search.example.Examples;
import dev.tandem.domain.search.paging.PageQuery;
import dev.tandem.domain.search.passage.PassageQuery;
import dev.tandem.domain.search.variety.Variety;
import dev.tandem.factory.metadata.FacetReader;
import dev.tandem.factory.metadata.FilterFactory;
import dev.tandem.factory.rules.Choice;
import dev.tandem.factory.rules.TextRules;
import dev.tandem.factory.rules.VectorRules;
import dev.tandem.factory.search.SearchDraft.FusionDraft;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes queries: it turns a draft into a query on a collection, or reports every broken rule. */
@Singleton
public class SearchFactory {

    public static final int LONGEST_QUERY = 10_000;
    public static final int MOST_HITS = 1_000;
    public static final int GREATEST_EFFORT = 1_000;
    private static final int DEFAULT_HITS = 10;
    private static final Fusion DEFAULT_FUSION = new Fusion.Standard(0.5, 0.5);
    private static final int DEFAULT_K = 60;
    private static final int GREATEST_K = 10_000;

    /** How the text of a query is read. */
    public enum Syntax {
        PLAIN,
        SIMPLE
    }

    /** Whether words with typos are found. */
    public enum Fuzzy {
        OFF,
        AUTO
    }

    /** The ways to merge the two lists. */
    public enum FusionType {
        STANDARD,
        RELATIVE,
        RRF
    }

    /**
     * Makes a query on what a scope has of the collection. If the draft has no mode, the query uses every search that the draft and the collection allow: a
     * text is searched by keywords and, if the collection has a model, by vector; a vector without text is searched by vector only.
     *
     * @param rerankers the names of those that this service has
     * @throws Refusal.Malformed if the filter is not valid
     * @throws Refusal.Rejected naming every other broken rule
     */
    public SearchQuery create(Collection collection, Scope scope, SearchDraft draft, Set<String> rerankers) {
        Filter wanted = draft.filter() == null
                ? Filter.EVERYTHING
                : collection.read(FilterFactory.create(draft.filter(), "/filter"));
        Scope seen = collection.read(scope);
        Filter filter = seen.within(wanted);
        Violations violations = new Violations();
        TextRules.check(draft.query(), LONGEST_QUERY, "/query", violations);
        Syntax syntax = Choice.of(Syntax.class, draft.syntax(), Syntax.PLAIN, "/syntax", violations);
        Leeway leeway = leeway(draft, violations);
        Vector vector = VectorRules.check(draft.vector(), collection.embedding(), "/vector", violations);
        SearchMode mode = mode(collection, draft, violations);
        int limit = draft.limit() == null ? DEFAULT_HITS : draft.limit();
        violations.require(
                limit >= 1 && limit <= MOST_HITS, "/limit", "limit.range", "A limit is from 1 to " + MOST_HITS + ".");
        Integer effort = draft.effort();
        violations.require(
                effort == null || (effort >= 1 && effort <= GREATEST_EFFORT),
                "/effort",
                "search.effort",
                "An effort is from 1 to " + GREATEST_EFFORT + ".");
        Fusion fusion = draft.fusion() == null ? DEFAULT_FUSION : fusion(draft.fusion(), violations);
        Double minSimilarity = draft.minSimilarity();
        violations.require(
                minSimilarity == null || Double.isFinite(minSimilarity),
                "/minSimilarity",
                "search.min_similarity",
                "minSimilarity is a finite number.");
        Set<Include> include = IncludeRules.check(draft, violations);
        PassageQuery passages = PassageQueryRules.check(draft, include, violations);
        Rerank rerank = RerankRules.check(draft, rerankers, violations);
        Variety variety = VarietyRules.check(collection, draft, violations);
        Examples examples = LikeRules.check(collection, scope, draft, violations);
        FacetQuery facets =
                draft.facets() == null ? null : FacetReader.check(collection, seen, wanted, draft.facets(), violations);
        PageRules.check(draft, violations);
        violations.rejectIfAny();
        SearchQuery query = new SearchQuery(
                draft.query() == null ? null : text(draft.query(), syntax).with(leeway),
                vector,
                mode,
                filter,
                limit,
                effort,
                fusion,
                minSimilarity,
                include,
                passages,
                Boolean.TRUE.equals(draft.explain()),
                Boolean.TRUE.equals(draft.degrade()),
                rerank,
                variety,
                examples,
                facets,
                PageQuery.NONE,
                draft.minSequence());
        return query.with(PageRules.of(draft.page(), query));
    }

    private static Leeway leeway(SearchDraft draft, Violations violations) {
        Fuzzy fuzzy = Choice.of(Fuzzy.class, draft.fuzzy(), Fuzzy.OFF, "/fuzzy", violations);
        return new Leeway(fuzzy == Fuzzy.AUTO, Boolean.TRUE.equals(draft.prefix()));
    }

    private static SearchText text(String query, Syntax syntax) {
        return switch (syntax) {
            case PLAIN -> SearchText.plain(query);
            case SIMPLE -> SimpleSyntax.read(query);
        };
    }

    private static SearchMode mode(Collection collection, SearchDraft draft, Violations violations) {
        boolean hasText = draft.hasText();
        boolean hasVector = draft.hasVector();
        if (!hasText && !hasVector && !Choice.word(SearchMode.KEYWORD).equals(draft.mode())) {
            violations.add(
                    "/query",
                    "search.query.required",
                    "A search needs a query or a vector; one of a single collection may have examples.");
            return SearchMode.KEYWORD;
        }
        boolean canFindByVector = hasVector || collection.embedding().hasModel();
        SearchMode mode =
                Choice.of(SearchMode.class, draft.mode(), natural(hasText, canFindByVector), "/mode", violations);
        violations.require(
                hasText || !mode.usesWords(),
                "/query",
                "search.query.required",
                "This mode searches for keywords: send a query.");
        violations.require(
                canFindByVector || !mode.usesVectors(),
                "/vector",
                "search.vector.required",
                "This collection has no model to embed the query with: send a vector, or search with mode keyword.");
        return mode;
    }

    private static SearchMode natural(boolean hasText, boolean canFindByVector) {
        if (!hasText) {
            return SearchMode.VECTOR;
        }
        return canFindByVector ? SearchMode.HYBRID : SearchMode.KEYWORD;
    }

    private static Fusion fusion(FusionDraft draft, Violations violations) {
        FusionType type = Choice.of(FusionType.class, draft.type(), FusionType.STANDARD, "/fusion/type", violations);
        double keywordWeight = weight(draft.keywordWeight(), "/fusion/keywordWeight", violations);
        double vectorWeight = weight(draft.vectorWeight(), "/fusion/vectorWeight", violations);
        violations.require(
                keywordWeight + vectorWeight > 0,
                "/fusion",
                "search.fusion.weight",
                "One of the weights must be above 0.");
        int k = draft.k() == null ? DEFAULT_K : draft.k();
        violations.require(
                k >= 1 && k <= GREATEST_K, "/fusion/k", "search.fusion.k", "k is from 1 to " + GREATEST_K + ".");
        return switch (type) {
            case STANDARD -> new Fusion.Standard(keywordWeight, vectorWeight);
            case RELATIVE -> new Fusion.Relative(keywordWeight, vectorWeight);
            case RRF -> new Fusion.ReciprocalRank(keywordWeight, vectorWeight, k);
        };
    }

    private static double weight(@Nullable Double said, String pointer, Violations violations) {
        double weight = said == null ? 0.5 : said;
        boolean fits = violations.require(
                weight >= 0 && weight <= 1, pointer, "search.fusion.weight", "A weight is from 0 to 1.");
        return fits ? weight : 1;
    }
}
