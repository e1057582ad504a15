package dev.tandem.domain.refusal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client assumes about the thing that it wants to change (RFC 9110, section 13).
 *
 * @param versions one of these must be the current version; null if the client named none
 * @param mustExist whether the thing must exist, whatever its version
 * @param mustNotExist whether the thing must not exist yet
 */
public record Precondition(@Nullable Set<Long> versions, boolean mustExist, boolean mustNotExist) {

    /** No assumption. */
    public static final Precondition NONE = new Precondition(null, false, false);

    /**
     * Refuses a change if its assumption is wrong.
     *
     * @param current the current version; null if the thing does not exist
     * @param demanded whether a change of an existing thing must name its version
     */
    public void check(@Nullable Long current, boolean demanded) {
        long version = current == null ? 0 : current;
        if (mustNotExist && current != null) {
            throw new Refusal.Stale("It already exists, at version " + current + ".", version);
        }
        if ((mustExist || versions != null) && current == null) {
            throw new Refusal.Stale("It does not exist, so it cannot be changed.", version);
        }
        if (versions != null && !versions.contains(version)) {
            throw new Refusal.Stale("It has changed in the meantime: the current version is " + current + ".", version);
        }
        if (demanded && current != null && versions == null) {
            throw new Refusal.Unconditional(version);
        }
    }
}
