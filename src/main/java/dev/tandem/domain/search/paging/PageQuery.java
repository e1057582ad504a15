package dev.tandem.domain.search.paging;

import org.jspecify.annotations.Nullable;

/**
 * Which page of its hits a search wants, and whether it wants to know how many there are.
 *
 * @param isPaged whether others can follow; otherwise the answer is all that the client gets
 * @param from where the page begins; null for the first one
 * @param fingerprint the same for all pages of one search by one client; empty without pages
 * @param hasTotal whether matching documents are counted
 */
public record PageQuery(boolean isPaged, @Nullable HitPlace from, String fingerprint, boolean hasTotal) {

    /** An answer by itself. */
    public static final PageQuery NONE = new PageQuery(false, null, "", false);
}
