package dev.tandem.domain.search.variety;

import org.jspecify.annotations.Nullable;

/**
 * How much the hits of a search are to differ from each other.
 *
 * @param groups limits how many hits have the same value in a field; null for no limit
 * @param diversity lets hits that are like better ones give way; null to leave the order as it is
 */
public record Variety(@Nullable Grouping groups, @Nullable Diversity diversity) {

    /** The hits may be as alike as they are. */
    public static final Variety ANY = new Variety(null, null);
}
