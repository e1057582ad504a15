package dev.tandem.api.problem;

import dev.tandem.api.http.RequestIds;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.error.Violation;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns each no into its status. */
public final class Problems {

    private static final String EXPLANATIONS = "https://github.com/tandem-dev/tandem/blob/main/docs/problems.md#";

    private Problems() {}

    /** The answer to a refused request. */
    public static Response of(Refusal refusal, RoutingContext request) {
        return switch (refusal) {
            case Refusal.Malformed r ->
                answer(400, r.code(), r, r.violations(), null, request).build();
            case Refusal.NotFound r ->
                answer(404, r.code(), r, null, null, request).build();
            case Refusal.Conflict r ->
                answer(409, r.code(), r, null, null, request).build();
            case Refusal.Stale r -> versioned(412, r, r.currentVersion(), request);
            case Refusal.TooLarge r ->
                answer(413, r.code(), r, null, null, request).build();
            case Refusal.Rejected r ->
                answer(422, r.code(), r, r.violations(), null, request).build();
            case Refusal.Unconditional r -> versioned(428, r, r.currentVersion(), request);
            case Refusal.Unavailable r ->
                answer(503, r.code(), r, null, null, request)
                        .header(
                                HttpHeaders.RETRY_AFTER,
                                Math.max(1, r.retryAfter().toSeconds()))
                        .build();
        };
    }

    /** An answer that no refusal stands behind: HTTP's own. */
    public static Problem plain(int status, String code, String detail, RoutingContext request) {
        return new Problem(
                EXPLANATIONS + code.replace(".", "").replace("_", "_"),
                title(status),
                status,
                detail,
                request.request().path(),
                code,
                RequestIds.of(request),
                null,
                null);
    }

    /** The JSON of a problem as an answer. */
    public static Response.ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.JSON).entity(problem);
    }

    private static Response versioned(int status, Refusal refusal, long version, RoutingContext request) {
        var answer = answer(status, refusal.code(), refusal, null, version == 0 ? null : version, request);
        return version == 0
                ? answer.build()
                : answer.header(HttpHeaders.ETAG, "\"" + version + "\"").build();
    }

    private static Response.ResponseBuilder answer(
            int status,
            String code,
            Refusal refusal,
            @Nullable List<Violation> errors,
            @Nullable Long version,
            RoutingContext request) {
        Problem plain = plain(status, code, refusal.detail(), request);
        return answer(new Problem(
                plain.type(),
                plain.title(),
                status,
                plain.detail(),
                plain.instance(),
                code,
                plain.requestId(),
                errors,
                version));
    }

    private static String title(int status) {
        return switch (status) {
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            case 428 -> "Precondition Required";
            default -> {
                Response.Status known = Response.Status.fromStatusCode(status);
                yield known == null ? "HTTP " + status : known.getReasonPhrase();
            }
        };
    }
}
