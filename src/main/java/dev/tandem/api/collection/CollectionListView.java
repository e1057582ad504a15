package dev.tandem.api.collection;

import dev.tandem.domain.collection.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of collections, by name.
 *
 * @param nextCursor null on the last page
 */
public record CollectionListView(
        List<CollectionView> items, @Nullable String nextCursor) {

    /** @param collections one more than {@code limit} where there are more */
    static CollectionListView of(List<Collection> collections, int limit) {
        boolean more = collections.size() > limit;
        List<Collection> shown = more ? collections.subList(0, limit) : collections;
        return new CollectionListView(
                shown.stream().map(CollectionView::of).toList(),
                more ? CollectionCursor.encode(shown.getLast().name()) : null);
    }
}
