package dev.tandem.factory.metadata;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.facet.Calendar;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.facet.Measure.Kind;
import dev.tandem.domain.facet.Ruler;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.DocumentField.Type;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.metadata.FacetDraft.RangeDraft;
import dev.tandem.factory.rules.Choice;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.TextRules;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for what a facet counts. */
final class MeasureRules {

    private static final int DEFAULT_TOP = 10;
    private static final int LONGEST_PREFIX = FacetQuery.LONGEST_LISTED;
    private static final Pattern OFFSET = Pattern.compile("Z|[+-][0-9]{2}:[0-9]{2}");
    private static final String INTERVAL_CODE = "facet.interval";
    private static final Measure NOTHING = new Measure.Stats();

    private final Collection collection;
    private final Violations violations;

    MeasureRules(Collection collection, Violations violations) {
        this.collection = collection;
        this.violations = violations;
    }

    Measure measure(FilterField field, FacetDraft draft, String pointer) {
        boolean isOne = violations.require(
                draft.wishes() == 1,
                pointer,
                "facet.kind",
                "A facet has one of top, ranges, histogram, interval and stats.");
        violations.require(
                draft.timeZone() == null || draft.histogram() != null,
                pointer + "/timeZone",
                "facet.time_zone",
                "A time zone is for a histogram.");
        violations.require(
                draft.offset() == null || draft.interval() != null,
                pointer + "/offset",
                INTERVAL_CODE,
                "An offset is for an interval.");
        if (!isOne) {
            return NOTHING;
        }
        if (draft.ranges() != null) {
            return ranges(field, draft.ranges(), pointer + "/ranges");
        }
        if (draft.histogram() != null) {
            return histogram(field, draft.histogram(), draft.timeZone(), pointer);
        }
        if (draft.interval() != null) {
            return intervals(field, draft.interval(), draft.offset(), pointer);
        }
        return draft.wantsTop() ? top(field, draft, pointer) : stats(field, pointer);
    }

    private Measure top(FilterField field, FacetDraft draft, String pointer) {
        require(field, EnumSet.of(Type.TEXT, Type.NUMBER), "Dates have a histogram and ranges.", pointer);
        int top = draft.top() == null ? DEFAULT_TOP : draft.top();
        violations.require(
                top >= 1 && top <= FacetQuery.MOST_VALUES,
                pointer + "/top",
                "facet.top",
                "A facet lists 1 to 1,000 values.");
        String prefix = draft.prefix();
        if (prefix != null) {
            TextRules.Flaw flaw = TextRules.flaw(prefix, LONGEST_PREFIX);
            violations.require(
                    flaw == null && !prefix.isEmpty(),
                    pointer + "/prefix",
                    "facet.prefix",
                    "A prefix: " + (flaw == null ? "Must not be empty." : flaw.message(LONGEST_PREFIX)));
        }
        return new Measure.Top(top, prefix);
    }

    private Measure stats(FilterField field, String pointer) {
        require(field, EnumSet.of(Type.NUMBER), "Only numbers have stats.", pointer);
        return new Measure.Stats();
    }

    private Measure histogram(FilterField field, String step, @Nullable String zone, String pointer) {
        require(field, EnumSet.of(Type.DATE), "Only dates have a histogram.", pointer);
        return new Measure.Histogram(new Calendar(
                Choice.of(Calendar.Step.class, step, Calendar.Step.YEAR, pointer + "/histogram", violations),
                zone == null ? ZoneOffset.UTC : zone(zone, pointer + "/timeZone")));
    }

    private Measure intervals(FilterField field, Number interval, @Nullable Number offset, String pointer) {
        require(field, EnumSet.of(Type.NUMBER), "Only numbers have intervals.", pointer);
        BigDecimal width = decimal(interval, pointer + "/interval");
        violations.require(
                width.signum() > 0, pointer + "/interval", INTERVAL_CODE, "An interval is a number greater than 0.");
        return new Measure.Intervals(
                new Ruler(width, offset == null ? BigDecimal.ZERO : decimal(offset, pointer + "/offset")));
    }

    /** As it is written: 0.1 is a tenth. */
    private BigDecimal decimal(Number number, String pointer) {
        if (JsonRules.isStorable(number)) {
            return new BigDecimal(Metadata.canonical(number).toString());
        }
        violations.add(pointer, INTERVAL_CODE, JsonRules.numberAdvice(number));
        return BigDecimal.ONE;
    }

    private ZoneId zone(String written, String pointer) {
        try {
            // Java takes more than this, such as offsets with seconds, which answers cannot write.
            if (OFFSET.matcher(written).matches()
                    || ZoneId.getAvailableZoneIds().contains(written)) {
                return ZoneId.of(written);
            }
        } catch (DateTimeException e) {
            // an offset that is too large, so it is refused below
        }
        violations.add(
                pointer,
                "facet.time_zone",
                "A time zone has a name of the IANA database as Europe/Paris, or an offset as +02:00, up to 18 hours.");
        return ZoneOffset.UTC;
    }

    private void require(FilterField field, Set<Type> types, String message, String pointer) {
        violations.require(
                !(field instanceof DocumentField own) || types.contains(own.type()), pointer, "facet.field", message);
    }

    private Measure ranges(FilterField field, List<RangeDraft> drafts, String pointer) {
        if (!violations.require(
                !drafts.isEmpty() && drafts.size() <= FacetQuery.MOST_RANGES,
                pointer,
                "facet.ranges",
                "A facet has 1 to " + FacetQuery.MOST_RANGES + " ranges.")) {
            return NOTHING;
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        List<Measure.Range> ranges = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            RangeDraft draft = drafts.get(i);
            String place = pointer + "/" + i;
            violations.require(
                    draft.from() != null || draft.to() != null,
                    place,
                    "facet.ranges",
                    "A range has an end: from, to or both.");
            ranges.add(new Measure.Range(
                    bound(field, draft.from(), kinds, place + "/from"),
                    bound(field, draft.to(), kinds, place + "/to")));
        }
        violations.require(
                kinds.size() <= 1,
                pointer,
                "facet.ranges",
                "The ends of all ranges are of one kind: numbers, strings or dates.");
        return kinds.isEmpty() ? NOTHING : new Measure.Ranges(kinds.iterator().next(), ranges);
    }

    /** As a filter reads it; null if there is none. */
    private @Nullable Object bound(FilterField field, @Nullable Object written, Set<Kind> kinds, String pointer) {
        if (written == null) {
            return null;
        }
        Violations found = new Violations();
        Object operand = new FilterOperands(found).bound(field, written, pointer);
        if (!found.isEmpty()) {
            violations.add(
                    pointer, "facet.ranges", "An end of a range is a number, a string or a date, as $gte takes it.");
            return null;
        }
        Filter read = collection.read(new Filter.Compare(field, Comparison.LESS, operand));
        Object bound = read instanceof Filter.Compare compared ? compared.bound() : operand;
        kinds.add(kind(bound));
        return bound;
    }

    private static Kind kind(Object bound) {
        return switch (bound) {
            case Number number -> Kind.NUMBER;
            case Instant date -> Kind.DATE;
            default -> Kind.TEXT;
        };
    }
}
