package dev.tandem.api.facet;

import dev.tandem.domain.facet.Calendar;
import dev.tandem.factory.metadata.FacetDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What to count of a field: one of top, ranges, histogram, interval and stats. */
@Schema(
        description = "What to count of a field: one of top (or prefix), ranges, histogram, interval and stats",
        examples = "{\"top\": 10, \"withoutOwn\": true}")
public record FacetRequest(
        @Schema(
                description = "The field, as filters name it; if it is left out, the name of the facet",
                maxLength = 1_024)
        @Nullable
        String field,

        @Schema(
                description = "How many of the most frequent values are listed",
                minimum = "1",
                maximum = "1000",
                defaultValue = "10")
        @Nullable
        Integer top,

        @Schema(description = "Counts only strings that begin with this", minLength = 1, maxLength = 256) @Nullable
        String prefix,

        @Schema(
                description = "Ranges, whose ends are all numbers, all strings or all dates",
                minItems = 1,
                maxItems = 50)
        @Nullable
        List<Range> ranges,

        @Schema(implementation = Calendar.Step.class, description = "Counts dates by these parts of a calendar")
        @Nullable
        String histogram,

        @Schema(
                description = "Whose calendar: a name of the IANA database, or an offset",
                maxLength = 64,
                defaultValue = "UTC",
                examples = "Europe/Paris")
        @Nullable
        String timeZone,

        @Schema(
                description = "Counts numbers by intervals of this width",
                minimum = "0",
                exclusiveMinimum = true,
                examples = "10")
        @Nullable
        Number interval,

        @Schema(description = "Where one of the intervals begins", defaultValue = "0") @Nullable
        Number offset,

        @Schema(description = "Counts numbers, and says the least, the greatest, the sum and the mean") @Nullable
        Boolean stats,

        @Schema(
                description = "Leaves out the conditions of the filter that are about this field alone",
                defaultValue = "false")
        @Nullable
        Boolean withoutOwn) {

    /** A range of values. */
    @Schema(name = "FacetRangeRequest", description = "A range of values, with one or two ends")
    public record Range(
            @Schema(description = "Belongs to the range: a number, a string or a date as {\"$date\": ..}") @Nullable
            Object from,

            @Schema(description = "Does not belong to the range: a number, a string or a date") @Nullable
            Object to) {}

    /** The facets of a request, not checked yet. */
    public static @Nullable Map<String, @Nullable FacetDraft> toDrafts(
            @Nullable Map<String, @Nullable FacetRequest> facets) {
        if (facets == null) {
            return null;
        }
        Map<String, @Nullable FacetDraft> drafts = new LinkedHashMap<>();
        facets.forEach((name, facet) -> drafts.put(name, facet == null ? null : facet.toDraft()));
        return drafts;
    }

    private FacetDraft toDraft() {
        return new FacetDraft(
                field,
                top,
                prefix,
                ranges == null
                        ? null
                        : ranges.stream()
                                .map(range -> new FacetDraft.RangeDraft(range.from(), range.to()))
                                .toList(),
                histogram,
                timeZone,
                interval,
                offset,
                stats,
                withoutOwn);
    }
}
