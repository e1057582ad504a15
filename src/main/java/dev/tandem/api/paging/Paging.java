package dev.tandem.api.paging;

import dev.tandem.api.http.Links;
import dev.tandem.api.http.Query;
import dev.tandem.domain.Page;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** The requested page of a list, and its answer, which has the address of the next page. */
public class Paging {

    @RestQuery
    @Nullable
    String limit;

    @RestQuery
    @Nullable
    String cursor;

    @Context
    @SuppressWarnings("NullAway.Init") // JAX-RS sets it
    UriInfo uri;

    /** The largest number of items on the page. */
    public int limit() {
        return Query.limit(limit);
    }

    /** The cursor as the client sent it. */
    public @Nullable String cursor() {
        return cursor;
    }

    /** Where the page begins; null for the first page. */
    public <P> @Nullable P place(Cursor<P> list) {
        return list.place(cursor);
    }

    /**
     * A page with the address of the next one.
     *
     * @param view turns an item into its view
     * @param behind makes the cursor after an item
     */
    public <T, V> RestResponse<PageView<V>> answer(Page<T> page, Function<T, V> view, Function<T, String> behind) {
        PageView<V> body = PageView.of(page, view, behind);
        return answer(body, body.nextCursor());
    }

    /** A page with the address of the next one. */
    public <B> RestResponse<B> answer(B body, @Nullable String nextCursor) {
        return Links.next(ResponseBuilder.ok(body), uri, nextCursor).build();
    }
}
