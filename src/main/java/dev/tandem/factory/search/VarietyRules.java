package dev.tandem.factory.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.variety.Diversity;
import dev.tandem.domain.search.variety.Grouping;
import dev.tandem.domain.search.variety.Variety;
import dev.tandem.factory.metadata.PathRules;
import dev.tandem.factory.search.SearchDraft.DiversityDraft;
import dev.tandem.factory.search.SearchDraft.GroupByDraft;
import dev.tandem.factory.search.SearchDraft.VarietyDraft;
import org.jspecify.annotations.Nullable;

/** The rules for how much hits are to differ from each other. */
final class VarietyRules {

    static final int LARGEST_GROUP = 100;
    static final int MOST_DIVERSE = 200;

    private static final double DEFAULT_LAMBDA = 0.5;
    private static final int DEFAULT_TOP = 100;

    private static final String FIELD = "/groupBy/field";
    private static final String FIELD_CODE = "search.group_by.field";

    private VarietyRules() {}

    static Variety check(Collection owner, SearchDraft search, Violations violations) {
        VarietyDraft draft = search.variety();
        return draft == null
                ? Variety.ANY
                : new Variety(grouping(owner, draft.groupBy(), violations), diversity(draft.diversity(), violations));
    }

    private static @Nullable Diversity diversity(@Nullable DiversityDraft draft, Violations violations) {
        if (draft == null) {
            return null;
        }
        double lambda = draft.lambda() == null ? DEFAULT_LAMBDA : draft.lambda();
        violations.require(
                lambda >= 0 && lambda <= 1,
                "/diversity/lambda",
                "search.diversity.lambda",
                "lambda is from 0, which counts only differences, to 1, which counts only relevance.");
        int top = draft.top() == null ? DEFAULT_TOP : draft.top();
        violations.require(
                top >= 1 && top <= MOST_DIVERSE,
                "/diversity/top",
                "search.diversity.top",
                "1 to " + MOST_DIVERSE + " hits take part in diversity.");
        return new Diversity(lambda, top);
    }

    private static @Nullable Grouping grouping(Collection owner, @Nullable GroupByDraft draft, Violations violations) {
        if (draft == null) {
            return null;
        }
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
        if (written.startsWith("$")) {
            violations.add(
                    FIELD,
                    FIELD_CODE,
                    "Only fields of the metadata make groups. One whose name begins with $ is written \\$name.");
            return null;
        }
        return PathRules.read(written, message -> violations.add(FIELD, FIELD_CODE, message));
    }
}
