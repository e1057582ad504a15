package dev.tandem.api.http;

import org.jspecify.annotations.Nullable;

/** The length that a request announces for its body. */
public final class ContentLength {

    private ContentLength() {}

    /** In bytes; 0 if the header is missing or no length. */
    public static long of(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,18}") ? Long.parseLong(header) : 0;
    }
}
