package dev.tandem.api.http;

import dev.tandem.api.request.AliasTags;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Precondition.Named;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.arc.ClientProxy;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request: If-Match and If-None-Match, whose entity tags are versions, {@linkplain AliasTags marked} by an alias.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section 13</a>
 */
public class Conditions {

    private static final Pattern TAG = Pattern.compile("\\s*(W/)?(\"[^\"]*\")\\s*(?:,|$)");
    private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})(?:" + AliasTags.MARK + ")?\"");
    private static final String ANY = "*";

    @Parameter(description = "Change only this version, given as its entity tag", example = "\"3\"")
    @HeaderParam(HttpHeaders.IF_MATCH)
    @Nullable
    String ifMatch;

    @Parameter(description = "Read only if the version differs from this one; on a PUT, * creates and never replaces")
    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
    @Nullable
    String ifNoneMatch;

    @Context
    @SuppressWarnings("NullAway.Init") // JAX-RS sets it
    RoutingContext request;

    /** Why a request's conditions are refused before anything else is read, or null. JAX-RS treats an empty header like a missing one. */
    public static @Nullable Refusal refusal(MultiMap headers) {
        boolean isEmpty = Stream.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)
                .map(headers::get)
                .anyMatch(condition -> condition != null && condition.isBlank());
        return isEmpty ? malformed() : null;
    }

    /** The entity tag of a version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** The answer to a client that already has the version. */
    public static <T> RestResponse<T> notModified(long version) {
        return RestResponse.ResponseBuilder.<T>create(RestResponse.Status.NOT_MODIFIED)
                .header(HttpHeaders.ETAG, tag(version))
                .build();
    }

    /** The precondition of a change. A tag that no version has matches nothing, and neither does a weak tag. */
    public Precondition forChange() {
        boolean mustNotExist = ifNoneMatch != null && ifNoneMatch.strip().equals(ANY);
        if (ifNoneMatch != null && !mustNotExist) {
            throw new Refusal.Malformed(
                    "precondition.unsupported",
                    "",
                    "A change accepts If-None-Match only as *, which creates and never replaces.");
        }
        if (ifMatch == null) {
            return new Precondition(null, false, mustNotExist);
        }
        return ifMatch.strip().equals(ANY)
                ? new Precondition(null, true, mustNotExist)
                : new Precondition(new Tagged(tags(ifMatch, false), ClientProxy.unwrap(request)), true, mustNotExist);
    }

    /** Whether the client already has this version. Weak tags count (RFC 9110, 13.1.2). */
    public boolean has(long version) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals(ANY)
                        || tags(ifNoneMatch, true).contains(AliasTags.of(request, tag(version))));
    }

    /**
     * The versions of entity tags. Whether a tag is of the thing that the address leads to is known when the request has found that.
     *
     * @param tags strong ones
     * @param request itself: blocks of work have no request of JAX-RS
     */
    private record Tagged(Set<String> tags, RoutingContext request) implements Named {

        @Override
        public boolean has(long version) {
            return here().anyMatch(
                            tag -> VERSION.matcher(tag).replaceFirst("$1").equals(Long.toString(version)));
        }

        @Override
        public @Nullable String strangeness() {
            return tags.isEmpty() || here().findAny().isPresent() ? null : AliasTags.strangeness(request);
        }

        private Stream<String> here() {
            return tags.stream().filter(tag -> AliasTags.isOfHere(request, tag));
        }
    }

    private static Set<String> tags(String header, boolean weakToo) {
        Set<String> found = new HashSet<>();
        Matcher tags = TAG.matcher(header);
        int end = 0;
        while (tags.find() && tags.start() == end) {
            end = tags.end();
            if (weakToo || tags.group(1) == null) {
                found.add(tags.group(2));
            }
        }
        if (end != header.length() || header.isBlank()) {
            throw malformed();
        }
        return found;
    }

    private static Refusal malformed() {
        return new Refusal.Malformed(
                "precondition.malformed", "", "An entity tag must be in double quotes: If-Match: \"3\".");
    }
}
