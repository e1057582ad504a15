package dev.tandem.factory.search;

import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.factory.rules.Choice;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The rules for what hits contain. */
final class IncludeRules {

    private IncludeRules() {}

    /** What is asked for, with the passages if the search describes them. */
    static Set<Include> check(SearchDraft search, Violations violations) {
        boolean hasPassages = search.passages() != null;
        List<String> said = search.include();
        if (said == null) {
            return hasPassages ? EnumSet.of(Include.TITLE, Include.PASSAGES) : EnumSet.of(Include.DOCUMENT);
        }
        Set<Include> include = hasPassages ? EnumSet.of(Include.PASSAGES) : EnumSet.noneOf(Include.class);
        for (int i = 0; i < said.size(); i++) {
            include.add(Choice.of(Include.class, said.get(i), Include.DOCUMENT, "/include/" + i, violations));
        }
        return include;
    }
}
