package dev.tandem.factory.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as somebody requests it, not checked yet. Null means that it was not mentioned. */
public record ApiKeyDraft(
        @Nullable String name,
        @Nullable List<@Nullable GrantDraft> grants,
        @Nullable String expiresAt) {

    /** A right on collections, not checked yet. */
    public record GrantDraft(
            @Nullable String collections, @Nullable String right) {}
}
