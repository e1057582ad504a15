package dev.tandem.factory.search;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.example.Example;
import dev.tandem.domain.search.example.Examples;
import dev.tandem.domain.search.paging.PageQuery;
import dev.tandem.factory.search.SearchDraft.PageDraft;
import dev.tandem.factory.search.SearchDraft.VarietyDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for the pages of a search. */
final class PageRules {

    private PageRules() {}

    /**
     * @param filter of the search, within the scope of its client
     * @param examples of the search; null if it has none
     */
    static PageQuery check(SearchDraft search, Filter filter, @Nullable Examples examples, Violations violations) {
        PageDraft draft = search.page();
        if (draft == null) {
            return PageQuery.NONE;
        }
        if (!draft.isPaged()) {
            return new PageQuery(false, null, "", draft.hasTotal());
        }
        checkOrder(search, violations);
        return new PageQuery(true, draft.from(), fingerprint(search, filter, examples), draft.hasTotal());
    }

    /** Whatever orders the first hits, or looks at those before, would have to see all pages. */
    private static void checkOrder(SearchDraft search, Violations violations) {
        violations.require(
                search.rerank() == null,
                "/rerank",
                "search.pages.rerank",
                "A search that is reranked has no pages: the reranker sees only the first hits.");
        VarietyDraft variety = search.variety();
        violations.require(
                variety == null || variety.groupBy() == null,
                "/groupBy",
                "search.pages.group_by",
                "A search that limits groups has no pages: a group would begin anew on each.");
        violations.require(
                variety == null || variety.diversity() == null,
                "/diversity",
                "search.pages.diversity",
                "A search with diversity has no pages: only the first hits take part in it.");
    }

    /** The same for searches that find the same hits in the same order, whatever they show of them. */
    private static String fingerprint(SearchDraft search, Filter filter, @Nullable Examples examples) {
        float[] vector = search.vector();
        Sha256 hash = new Sha256()
                .addPart(search.query())
                .addPart(search.syntax())
                .addPart(search.fuzzy())
                .addPart(text(search.prefix()))
                .addPart(search.mode())
                .addPart(text(search.effort()))
                .addPart(text(search.fusion()))
                .addPart(text(search.minSimilarity()))
                .addPart(filter.toString())
                .addPart(vector == null ? new byte[0] : Vector.of(vector).toBytes());
        if (examples != null) {
            add(examples.like(), hash);
            add(examples.unlike(), hash);
        }
        return hash.hex();
    }

    private static @Nullable String text(@Nullable Object member) {
        return member == null ? null : member.toString();
    }

    private static void add(List<Example> examples, Sha256 hash) {
        hash.addPart("examples " + examples.size());
        for (Example example : examples) {
            switch (example) {
                case Example.OfKey(String key) -> hash.addPart("key").addPart(key);
                case Example.OfVector(Vector vector) -> hash.addPart("vector").addPart(vector.toBytes());
                case Example.OfText(String text) -> hash.addPart("text").addPart(text);
            }
        }
    }
}
