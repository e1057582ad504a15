package dev.tandem.api.request;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of what an alias leads to. A version tells apart the states of one thing in one collection, but by an alias one address has
 * the things of several. So these tags say which collection they are from, and match nothing in the next one.
 */
public class AliasTags {

    /** What follows the version in such a tag. */
    public static final String MARK = "-([0-9a-f]{8})";

    private static final String KEY = AliasTags.class.getName();
    private static final Pattern MARKED = Pattern.compile("\"[0-9]+" + MARK + "\"");
    /** The first digits of an id are the time, and those of two collections may be the same. */
    private static final int BEGINNING = 28;

    /** The collection that the address of a request leads to. */
    private record Place(String mark, boolean isAlias, boolean isSwitched) {}

    /**
     * Says which collection the address of a request leads to.
     *
     * @param isAlias whether it does so by an alias, so that the answer's tag is marked
     * @param isSwitched whether that alias has led to another collection before
     */
    public static void begin(RoutingContext request, UUID collectionId, boolean isAlias, boolean isSwitched) {
        request.put(KEY, new Place(collectionId.toString().substring(BEGINNING), isAlias, isSwitched));
    }

    /**
     * Whether an entity tag that the client has sent can be of the collection that the address leads to. One without a mark was read by a
     * collection's own name. That may have been the name that is an alias now, so after a switch it can be of any collection.
     */
    public static boolean isOfHere(RoutingContext request, String tag) {
        Place place = request.get(KEY);
        if (place == null) {
            return true;
        }
        Matcher marked = MARKED.matcher(tag);
        return marked.matches() ? marked.group(1).equals(place.mark) : !place.isSwitched;
    }

    /** Tells a client of which no tag {@linkplain #isOfHere is of here} why, and what to do. */
    public static String strangeness(RoutingContext request) {
        Place place = request.get(KEY);
        return place != null && place.isSwitched
                ? "The alias has been pointed to another collection since it was made, and no entity tag in If-Match says that it is of this one."
                        + " Read again by the alias, and send the ETag of that answer."
                : "If-Match has the entity tag of another collection. Read again, and send the ETag of that answer.";
    }

    /** The entity tag as this request's client gets it. */
    public static String of(RoutingContext request, String tag) {
        Place place = request.get(KEY);
        return place == null || !place.isAlias || !tag.matches("\"[0-9]+\"")
                ? tag
                : tag.substring(0, tag.length() - 1) + "-" + place.mark + "\"";
    }

    @ServerResponseFilter
    void mark(ContainerResponseContext answer, RoutingContext request) {
        @Nullable Object tag = answer.getHeaders().getFirst(HttpHeaders.ETAG);
        if (tag != null) {
            answer.getHeaders().putSingle(HttpHeaders.ETAG, of(request, tag.toString()));
        }
    }
}
