package dev.tandem.api.request;

import dev.tandem.domain.refusal.Refusal;
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

    /**
     * Says that the address of a request leads to this collection by an alias.
     *
     * @throws Refusal.Stale if the request is about a version in another collection
     */
    public static void begin(RoutingContext request, UUID collectionId) {
        String mark = collectionId.toString().substring(BEGINNING);
        request.put(KEY, mark);
        String condition = request.request().getHeader(HttpHeaders.IF_MATCH);
        if (condition != null) {
            Matcher tags = MARKED.matcher(condition);
            while (tags.find()) {
                if (!tags.group(1).equals(mark)) {
                    throw new Refusal.Stale(
                            "The alias points to another collection now than the one whose version If-Match has.", 0);
                }
            }
        }
    }

    /** The entity tag as this request's client gets it. */
    public static String of(RoutingContext request, String tag) {
        String mark = request.get(KEY);
        return mark == null || !tag.matches("\"[0-9]+\"")
                ? tag
                : tag.substring(0, tag.length() - 1) + "-" + mark + "\"";
    }

    @ServerResponseFilter
    void mark(ContainerResponseContext answer, RoutingContext request) {
        @Nullable Object tag = answer.getHeaders().getFirst(HttpHeaders.ETAG);
        if (tag != null) {
            answer.getHeaders().putSingle(HttpHeaders.ETAG, of(request, tag.toString()));
        }
    }
}
