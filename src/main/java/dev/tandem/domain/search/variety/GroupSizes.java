package dev.tandem.domain.search.variety;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the hits of each group, best first, and takes no more than fit. */
public final class GroupSizes {

    private final Grouping grouping;
    private final Map<@Nullable Object, Integer> sizes = new HashMap<>();

    public GroupSizes(Grouping grouping) {
        this.grouping = grouping;
    }

    /** Takes the next hit, unless a group of one of its values is full. Says whether it was taken. */
    public boolean take(Collection<? extends @Nullable Object> values) {
        Set<@Nullable Object> groups = new HashSet<>();
        values.forEach(value -> groups.add(grouping.compared(value)));
        boolean fits = groups.stream().allMatch(group -> sizes.getOrDefault(group, 0) < grouping.size());
        if (fits) {
            groups.forEach(group -> sizes.merge(group, 1, Integer::sum));
        }
        return fits;
    }
}
