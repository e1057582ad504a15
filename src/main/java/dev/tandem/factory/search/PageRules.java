package dev.tandem.factory.search;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
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

    /** Whatever orders the first hits, or looks at those before, would have to see all pages. */
    static void check(SearchDraft search, Violations violations) {
        PageDraft draft = search.page();
        if (draft == null || !draft.isPaged()) {
            return;
        }
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

    /**
     * The page that is asked for of a search.
     *
     * @param query the search, within the scope of its client
     */
    static PageQuery of(@Nullable PageDraft draft, SearchQuery query) {
        if (draft == null) {
            return PageQuery.NONE;
        }
        return draft.isPaged()
                ? new PageQuery(true, draft.from(), fingerprint(query), draft.hasTotal())
                : new PageQuery(false, null, "", draft.hasTotal());
    }

    /**
     * The same for searches that find the same hits in the same order, whatever they show of them. It is made of what a search means and not of how a
     * client wrote it: who writes a default out, or leaves it out on a later page, asks for the same. What a mode does not use says nothing.
     */
    private static String fingerprint(SearchQuery query) {
        SearchMode mode = query.mode();
        Sha256 hash = new Sha256().addPart(mode.name()).addPart(query.filter().toString());
        add(query.text(), hash);
        if (mode.usesVectors()) {
            Vector vector = query.vector();
            hash.addPart(text(query.effort()))
                    .addPart(text(query.minSimilarity()))
                    .addPart(vector == null ? new byte[0] : vector.toBytes());
        }
        if (mode.usesVectors() && mode.usesWords()) {
            hash.addPart(query.fusion().toString());
        }
        Examples examples = query.examples();
        if (examples != null) {
            add(examples.like(), hash);
            add(examples.unlike(), hash);
        }
        return hash.hex();
    }

    private static void add(@Nullable SearchText text, Sha256 hash) {
        List<Clause> clauses = text == null ? List.of() : text.clauses();
        hash.addPart("clauses " + clauses.size());
        for (Clause clause : clauses) {
            hash.addPart(clause.occur() + " " + clause.kind() + " " + clause.leeway())
                    .addPart(clause.text());
        }
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
