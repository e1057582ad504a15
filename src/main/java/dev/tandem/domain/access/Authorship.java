package dev.tandem.domain.access;

import org.jspecify.annotations.Nullable;

/**
 * Who has written something. It is stored as one text: the author, and after a line feed, which no name has, the name of somebody on whose behalf
 * it was written.
 *
 * @param author the principal's name; where principals have none, what a client has called itself; null if nobody is known
 * @param onBehalfOf null if nobody was named
 */
public record Authorship(@Nullable String author, @Nullable String onBehalfOf) {

    private static final char BETWEEN = '\n';

    /** @param named the name that a client has sent; null if it sent none */
    public static Authorship of(Principal principal, @Nullable String named) {
        return principal.isNamed() ? new Authorship(principal.name(), named) : new Authorship(named, null);
    }

    /** The inverse of {@link #text()}. */
    public static Authorship parse(@Nullable String text) {
        int between = text == null ? -1 : text.indexOf(BETWEEN);
        return text == null || between < 0
                ? new Authorship(text, null)
                : new Authorship(text.substring(0, between), text.substring(between + 1));
    }

    /** The form that is stored; null if nobody is known. */
    public @Nullable String text() {
        return onBehalfOf == null ? author : author + BETWEEN + onBehalfOf;
    }
}
