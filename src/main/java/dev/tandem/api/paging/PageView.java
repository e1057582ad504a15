package dev.tandem.api.paging;

import dev.tandem.domain.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. The API's description gives each list's page its own name and example.
 *
 * @param nextCursor null on the last page
 */
public record PageView<V>(List<V> items, @Nullable String nextCursor) {

    /**
     * A page as a view.
     *
     * @param view turns an item into its view
     * @param behind makes the cursor after an item
     */
    public static <T, V> PageView<V> of(Page<T> page, Function<T, V> view, Function<T, String> behind) {
        return new PageView<>(page.items().stream().map(view).toList(), page.next(behind));
    }
}
