package dev.tandem.factory.search;

import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.passage.PassageQuery;
import dev.tandem.factory.search.SearchDraft.BudgetDraft;
import dev.tandem.factory.search.SearchDraft.PassagesDraft;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for the passages that hits have, and for how many tokens they may have together. */
final class PassageQueryRules {

    static final int MOST_PER_DOCUMENT = 10;
    static final int MOST_AROUND = 5;
    static final int MOST_TOKENS = 1_000_000;

    private static final PassagesDraft DEFAULT = new PassagesDraft(null, null);

    private PassageQueryRules() {}

    /** Null if the search wants no passages. */
    static @Nullable PassageQuery check(SearchDraft search, Set<Include> include, Violations violations) {
        boolean isWanted = include.contains(Include.PASSAGES);
        Integer budget = budget(search.budget(), isWanted, violations);
        if (!isWanted) {
            return null;
        }
        PassagesDraft draft = search.passages() == null ? DEFAULT : search.passages();
        int perDocument = draft.perDocument() == null ? 1 : draft.perDocument();
        violations.require(
                perDocument >= 1 && perDocument <= MOST_PER_DOCUMENT,
                "/passages/perDocument",
                "search.passages.per_document",
                "Passages of a document are 1 to " + MOST_PER_DOCUMENT + ".");
        int around = draft.around() == null ? 0 : draft.around();
        violations.require(
                around >= 0 && around <= MOST_AROUND,
                "/passages/around",
                "search.passages.around",
                "The neighbours of a chunk are 0 to " + MOST_AROUND + " on each side.");
        return new PassageQuery(perDocument, around, budget);
    }

    private static @Nullable Integer budget(@Nullable BudgetDraft draft, boolean hasPassages, Violations violations) {
        if (draft == null) {
            return null;
        }
        Integer tokens = draft.tokens();
        violations.require(
                tokens != null && tokens >= 1 && tokens <= MOST_TOKENS,
                "/budget/tokens",
                "search.budget.tokens",
                "A budget has 1 to 1,000,000 tokens.");
        violations.require(
                hasPassages,
                "/budget",
                "search.budget.passages",
                "A budget is for passages: ask for some, by passages or include.");
        return tokens;
    }
}
