package dev.tandem.domain.refusal;

import org.jspecify.annotations.Nullable;

/**
 * What the client assumes about the thing that it wants to change (RFC 9110, section 13).
 *
 * @param named one of these must be the current version; null if the client named none
 * @param mustExist whether the thing must exist, whatever its version
 * @param mustNotExist whether the thing must not exist yet
 */
public record Precondition(@Nullable Named named, boolean mustExist, boolean mustNotExist) {

    /** The versions that a client names. Which things they are of may only be known when the thing has been found. */
    @FunctionalInterface
    public interface Named {

        boolean has(long version);

        /** Why none of them can be a version of this thing; null if one might. */
        default @Nullable String strangeness() {
            return null;
        }
    }

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
        if ((mustExist || named != null) && current == null) {
            throw new Refusal.Stale("It does not exist, so it cannot be changed.", version);
        }
        if (named != null && !named.has(version)) {
            String strangeness = named.strangeness();
            throw new Refusal.Stale(
                    strangeness == null
                            ? "It has changed in the meantime: the current version is " + current + "."
                            : strangeness,
                    version);
        }
        if (demanded && current != null && named == null) {
            throw new Refusal.Unconditional(version);
        }
    }
}
