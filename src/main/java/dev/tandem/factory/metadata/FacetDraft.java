package dev.tandem.factory.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A facet as a client asks for it, not checked yet. Null means that the client did not mention it. */
public record FacetDraft(
        @Nullable String field,
        @Nullable Integer top,
        @Nullable String prefix,
        @Nullable List<RangeDraft> ranges,
        @Nullable String histogram,
        @Nullable String timeZone,
        @Nullable Number interval,
        @Nullable Number offset,
        @Nullable Boolean stats,
        @Nullable Boolean withoutOwn) {

    /** A range of values, not checked yet. */
    public record RangeDraft(
            @Nullable Object from, @Nullable Object to) {}

    /** A facet that asks for nothing. */
    static final FacetDraft NOTHING = new FacetDraft(null, null, null, null, null, null, null, null, null, null);

    boolean wantsTop() {
        return top != null || prefix != null;
    }

    boolean wantsStats() {
        return Boolean.TRUE.equals(stats);
    }

    /** How many of the things that one facet is for it asks for. */
    int wishes() {
        return (wantsTop() ? 1 : 0)
                + (ranges == null ? 0 : 1)
                + (histogram == null ? 0 : 1)
                + (interval == null ? 0 : 1)
                + (wantsStats() ? 1 : 0);
    }
}
