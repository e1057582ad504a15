package dev.tandem.api.problem;

import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.SchemaMismatch;
import dev.tandem.domain.refusal.Violation;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.LaunchMode;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns each refusal into its status. */
public final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /** The page that explains every code, each under its own heading. */
    private static final String EXPLANATIONS = "https://github.com/tandem-dev/tandem/blob/main/docs/problems.md";

    private Problems() {}

    /** The problem for any failure: a refusal or an incident. */
    public static Problem of(Throwable failure, RoutingContext request) {
        return failure instanceof Refusal refusal ? of(refusal, request) : incident(failure, request);
    }

    /** The problem for a refusal. */
    public static Problem of(Refusal refusal, RoutingContext request) {
        return switch (refusal) {
            case Refusal.Malformed r -> refused(400, r, request).errors(r.violations());
            case Refusal.Unauthenticated r -> refused(401, r, request).build();
            case Refusal.Denied r -> refused(403, r, request).build();
            case Refusal.NotFound r -> refused(404, r, request).build();
            case Refusal.TooSlow r -> refused(408, r, request).build();
            case Refusal.Conflict r -> refused(409, r, request).build();
            case Refusal.TooMany r -> refused(409, r, request).matched(r.matched());
            case Refusal.Stale r -> refused(412, r, request).version(r.currentVersion());
            case Refusal.TooLarge r -> refused(413, r, request).build();
            case Refusal.Rejected r -> refused(422, r, request).errors(r.violations());
            case Refusal.Unconditional r -> refused(428, r, request).version(r.currentVersion());
            case Refusal.OverRate r -> refused(429, r, request).retryAfter(r.retryAfter());
            case Refusal.InFlight r -> refused(409, r, request).retryAfter(r.retryAfter());
            case Refusal.Unavailable r -> refused(503, r, request).retryAfter(r.retryAfter());
            case Refusal.Full r -> refused(507, r, request).build();
        };
    }

    /** The problem for a request that HTTP itself refuses: an unknown address, method or media type. */
    static Problem http(int status, RoutingContext request) {
        return switch (status) {
            case 404 -> plain(404, "http.not_found", "There is nothing at this address.", request);
            case 405 -> plain(405, "http.method_not_allowed", "This address does not support this method.", request);
            case 406 -> plain(406, "http.not_acceptable", "No media type that you accept is available here.", request);
            case 413 -> plain(413, "http.content_too_large", "The body is larger than this address accepts.", request);
            case 414 ->
                plain(414, "http.uri_too_long", "The address is too long. Send a long filter in a body.", request);
            case 415 ->
                plain(
                        415,
                        "http.unsupported_media_type",
                        "This address does not accept bodies with this media type or content coding.",
                        request);
            case 431 -> plain(431, "http.headers_too_long", "The headers are too long.", request);
            default -> plain(status, "http.bad_request", "This request cannot be read.", request);
        };
    }

    /** An unexpected failure. The client gets a number to quote, and the log gets the cause. */
    static Problem incident(Throwable failure, RoutingContext request) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(failure, "Incident %s in request %s", incident, RequestIds.of(request));
        if (failure instanceof SchemaMismatch mismatch) {
            boolean isDevelopment = LaunchMode.current() == LaunchMode.DEVELOPMENT;
            return plain(500, "database.schema", advice(mismatch, isDevelopment, incident), request);
        }
        return plain(500, "internal", "The server failed. Quote incident " + incident + ".", request);
    }

    /** Tells a developer who has changed an entity the next step. In production, the client learns nothing about tables. */
    static String advice(SchemaMismatch mismatch, boolean isDevelopment, String incident) {
        return isDevelopment
                ? "The database lacks something that the entities need: " + mismatch.getMessage()
                        + ". Run ./db revision --autogenerate -m \"what changes\" and read the scripts;"
                        + " the next request applies them."
                : "The database does not have the schema of this release. Quote incident " + incident + ".";
    }

    private static Problem plain(int status, String code, String detail, RoutingContext request) {
        return new Draft(status, code, detail, request).build();
    }

    private static Draft refused(int status, Refusal refusal, RoutingContext request) {
        return new Draft(status, refusal.code(), refusal.detail(), request);
    }

    /** The common parts of all problems. */
    private record Draft(int status, String code, String detail, RoutingContext request) {

        Problem build() {
            return build(null, null, null, null);
        }

        Problem errors(List<Violation> errors) {
            return build(errors, null, null, null);
        }

        /** @param version 0 if the thing does not exist */
        Problem version(long version) {
            return build(null, version == 0 ? null : version, null, null);
        }

        /** In whole seconds, rounded up. */
        Problem retryAfter(Duration pause) {
            return build(null, null, null, Math.max(1, pause.plusMillis(999).toSeconds()));
        }

        Problem matched(long documents) {
            return build(null, null, documents, null);
        }

        private Problem build(
                @Nullable List<Violation> errors,
                @Nullable Long currentVersion,
                @Nullable Long matched,
                @Nullable Long retryAfter) {
            return new Problem(
                    EXPLANATIONS + "#" + anchor(code),
                    title(status),
                    status,
                    detail,
                    request.request().uri().split("\\?", 2)[0],
                    code,
                    RequestIds.of(request),
                    errors,
                    currentVersion,
                    matched,
                    retryAfter);
        }
    }

    /** The anchor that GitHub makes from a heading. */
    private static String anchor(String code) {
        return code.replace(".", "");
    }

    /** The status's name as in RFC 9110, where Netty still has an older one. */
    private static String title(int status) {
        return switch (status) {
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 422 -> "Unprocessable Content";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}
