package dev.tandem.api.openapi;

import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.openapi.schema.Members;
import dev.tandem.api.openapi.schema.PageSchemas;
import dev.tandem.api.openapi.schema.Scalars;
import dev.tandem.api.openapi.schema.Streams;
import dev.tandem.api.openapi.schema.Variants;
import dev.tandem.api.openapi.schema.Words;
import dev.tandem.api.request.RequestIds;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Completes the description that is generated from the resources with what all of them have in common: headers, problems, and the statuses
 * that follow from parameters. What bodies have follows from their records and enumerations. Annotations at a method describe what applies
 * to that method only. It runs when the application is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private final IndexView classes;

    public ApiDescription(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents();
        Headers.describe(components);
        ProblemAnswers.describe(components);
        ImportOperation.describe(api);
        Scalars.describe(api);
        Words.describe(api);
        Members.describe(components.getSchemas(), classes);
        PageSchemas.describe(api);
        AddressParts.describe(api.getPaths());
        Variants.describe(api);
        Streams.describe(api);
        Overview.describe(api);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(path, method, operation, components)));
    }

    private static void describe(String path, HttpMethod method, Operation operation, Components components) {
        Parameters.describe(path, method, operation);
        APIResponses answers = operation.getResponses();
        answers.removeAPIResponse("400");
        statuses(operation, answers);
        answers.getAPIResponses().forEach((status, answer) -> {
            // The headers of a problem are described with the problem.
            if (answer.getRef() == null) {
                headers(operation, status, answer, components);
            }
        });
        ProblemAnswers.add(path, operation);
    }

    /** The statuses that follow from an operation's parameters. */
    private static void statuses(Operation operation, APIResponses answers) {
        APIResponse usual =
                answers.hasAPIResponse("200") ? answers.getAPIResponse("200") : answers.getAPIResponse("201");
        if (Parameters.has(operation, "Prefer") && !answers.hasAPIResponse("202")) {
            answers.addAPIResponse(
                    "202", answer("Written, but searches did not show it within the given time", content(usual)));
        }
        boolean isRead = usual != null && operation.getRequestBody() == null;
        if (isRead && Parameters.has(operation, HttpHeaders.IF_NONE_MATCH)) {
            answers.addAPIResponse("304", answer("The client already has this version", null));
        }
    }

    private static void headers(Operation operation, String status, APIResponse answer, Components components) {
        Headers.refer(answer, RequestIds.HEADER);
        String view = view(answer.getContent());
        if (status.equals("304") || hasVersion(components.getSchemas().get(view))) {
            Headers.refer(answer, HttpHeaders.ETAG);
        }
        if (status.equals("202") && view.equals("JobView")) {
            Headers.refer(answer, HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER);
        }
        // An operation that can also answer 200 creates at an address that its client knows.
        if (status.equals("201") && !operation.getResponses().hasAPIResponse("200")) {
            Headers.refer(answer, HttpHeaders.LOCATION);
        }
        if (Parameters.has(operation, "Prefer")) {
            Headers.refer(answer, WriteAnswers.HEADER, Preferences.APPLIED);
            if (view.equals("DocumentView")) {
                Headers.refer(answer, WriteAnswers.EMBEDDING);
            }
        }
        if (Parameters.has(operation, IdempotentPosts.KEY)) {
            Headers.refer(answer, IdempotentPosts.REPLAYED);
        }
        if (Parameters.has(operation, "cursor")) {
            Headers.refer(answer, HttpHeaders.LINK);
        }
    }

    /** Whether the answer has an entity tag, which is its version. */
    private static boolean hasVersion(@Nullable Schema view) {
        return view != null
                && view.getProperties() != null
                && view.getProperties().containsKey("version");
    }

    private static APIResponse answer(String description, @Nullable Content content) {
        return OASFactory.createAPIResponse().description(description).content(content);
    }

    private static @Nullable Content content(@Nullable APIResponse answer) {
        return answer == null ? null : answer.getContent();
    }

    /** The name of the schema of an answer's JSON; empty if there is none. */
    private static String view(@Nullable Content content) {
        if (content == null || !content.hasMediaType(MediaType.APPLICATION_JSON)) {
            return "";
        }
        String reference = String.valueOf(
                content.getMediaType(MediaType.APPLICATION_JSON).getSchema().getRef());
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
