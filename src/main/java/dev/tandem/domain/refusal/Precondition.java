package dev.tandem.domain.refusal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller believes of the thing it is about to change (RFC 9110, section 13).
 *
 * @param versions one of these must be the current one; null where none was named
 * @param mustExist whether there must be something to change, whatever its version
 * @param mustNotExist whether there must be nothing yet
 */
public record Precondition(@Nullable Set<Long> versions, boolean mustExist, boolean mustNotExist) {

    /** No belief at all. */
    public static final Precondition NONE = new Precondition(null, false, false);

    /**
     * Refuses a change that rests on a wrong belief.
     *
     * @param current the current version; null where there is nothing
     * @param demanded whether an existing thing may be changed only by callers who name its version
     */
    public void check(@Nullable Long current, boolean demanded) {
        long version = current == null ? 0 : current;
        if (mustNotExist && current != null) {
            throw new Refusal.Stale("There is one already, at version " + current + ".", version);
        }
        if ((mustExist || versions != null) && current == null) {
            throw new Refusal.Stale("There is none to change.", version);
        }
        if (versions != null && !versions.contains(version)) {
            throw new Refusal.Stale("It has changed meanwhile: the current version is " + current + ".", version);
        }
        if (demanded && current != null && versions == null) {
            throw new Refusal.Unconditional(version);
        }
    }
}
