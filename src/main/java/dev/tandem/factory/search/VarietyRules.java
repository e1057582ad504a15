package dev.tandem.factory.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.variety.Grouping;
import dev.tandem.domain.search.variety.Variety;
import dev.tandem.factory.rules.TextRules;
import dev.tandem.factory.search.SearchDraft.GroupByDraft;
import dev.tandem.factory.search.SearchDraft.VarietyDraft;
import org.jspecify.annotations.Nullable;

/** The rules for how much hits are to differ from each other. */
final class VarietyRules {

    static final int LONGEST_PATH = 1_024;
    static final int LARGEST_GROUP = 100;

    private static final String FIELD = "/groupBy/field";
    private static final String FIELD_CODE = "search.group_by.field";

    private VarietyRules() {}

    static Variety check(Collection owner, SearchDraft search, Violations violations) {
        VarietyDraft draft = search.variety();
        return draft == null || draft.groupBy() == null
                ? Variety.ANY
                : new Variety(grouping(owner, draft.groupBy(), violations));
    }

    private static @Nullable Grouping grouping(Collection owner, GroupByDraft draft, Violations violations) {
        int size = draft.size() == null ? 1 : draft.size();
        violations.require(
                size >= 1 && size <= LARGEST_GROUP,
                "/groupBy/size",
                "search.group_by.size",
                "A group has 1 to " + LARGEST_GROUP + " hits.");
        FieldPath field = field(draft.field(), violations);
        return field == null ? null : new Grouping(field, owner.hasDates(field), size);
    }

    private static @Nullable FieldPath field(@Nullable String written, Violations violations) {
        if (written == null || written.isEmpty()) {
            violations.add(FIELD, FIELD_CODE, "The path of a field of the metadata is required: author.name.");
            return null;
        }
        TextRules.Flaw flaw = TextRules.flaw(written, LONGEST_PATH);
        if (flaw != null) {
            violations.add(FIELD, FIELD_CODE, flaw.message(LONGEST_PATH));
            return null;
        }
        if (written.startsWith("$")) {
            violations.add(
                    FIELD,
                    FIELD_CODE,
                    "Only fields of the metadata make groups. One whose name begins with $ is written \\$name.");
            return null;
        }
        try {
            return FieldPath.parse(written);
        } catch (IllegalArgumentException e) {
            violations.add(FIELD, FIELD_CODE, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
