package dev.tandem.api.openapi;

import static java.util.Map.entry;

import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.problem.Problem;
import dev.tandem.api.request.RequestIds;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The problems that follow from an operation's parameters and body. A method that can answer with another problem refers to it:
 * {@code @APIResponse(responseCode = "428", ref = "Problem428")}.
 */
final class ProblemAnswers {

    private static final Map<Integer, String> DESCRIPTIONS = Map.ofEntries(
            entry(400, "The request can't be read."),
            entry(401, "The request shows no key or token, or one that is not valid."),
            entry(403, "Whoever sends the request must not do this."),
            entry(404, "Something that the request names does not exist."),
            entry(406, "No available media type is acceptable."),
            entry(
                    409,
                    "Something that exists conflicts with the request, or the same request is being answered at the moment."),
            entry(412, "The request is based on another version than the current one, which ETag names."),
            entry(413, "The body is too large."),
            entry(415, "The body has a media type that is not supported here."),
            entry(422, "The request breaks rules; errors lists all of them."),
            entry(428, "The collection accepts changes only with If-Match."),
            entry(429, "The caller asks for more in a time than it may. Retry-After says when it may ask again."),
            entry(507, "As much is stored as may be."),
            entry(503, "The request cannot be served at the moment. Try again."));

    private ProblemAnswers() {}

    static void describe(Components components) {
        DESCRIPTIONS.forEach(
                (status, description) -> components.addResponse(name(status), answer(status, description)));
    }

    static void add(String path, Operation operation) {
        for (int status : statuses(path, operation)) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            Integer.toString(status),
                            OASFactory.createAPIResponse().ref(name(status)));
        }
    }

    private static Set<Integer> statuses(String path, Operation operation) {
        Set<Integer> statuses = new TreeSet<>(Set.of(400, 401, 403, 429, 503));
        if (hasBody(operation)) {
            statuses.add(406);
        }
        if (path.contains("{")) {
            statuses.add(404);
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(Set.of(413, 415, 422, 507));
        }
        if (Parameters.has(operation, IdempotentPosts.KEY)) {
            statuses.addAll(Set.of(409, 422));
        }
        if (Parameters.has(operation, HttpHeaders.IF_MATCH)) {
            statuses.add(412);
        }
        return statuses;
    }

    /** Whether an answer has a media type that a client may not accept. */
    private static boolean hasBody(Operation operation) {
        return operation.getResponses().getAPIResponses().values().stream()
                .anyMatch(answer -> answer.getContent() != null);
    }

    private static APIResponse answer(int status, String description) {
        APIResponse answer = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.JSON,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))));
        Headers.refer(answer, RequestIds.HEADER);
        if (status == 401) {
            Headers.refer(answer, HttpHeaders.WWW_AUTHENTICATE);
        }
        if (status == 412 || status == 428) {
            Headers.refer(answer, HttpHeaders.ETAG);
        }
        if (status == 409 || status == 429 || status == 503) {
            Headers.refer(answer, HttpHeaders.RETRY_AFTER);
        }
        return answer;
    }

    private static String name(int status) {
        return "Problem" + status;
    }
}
