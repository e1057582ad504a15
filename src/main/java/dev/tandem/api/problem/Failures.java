package dev.tandem.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers every failure that happens before a request reaches a resource. */
@ApplicationScoped
class Failures {

    private final ObjectMapper mapper;
    private final ProblemMeters meters;

    Failures(ObjectMapper mapper, ProblemMeters meters) {
        this.mapper = mapper;
        this.meters = meters;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
        // The refusals of Vert.x before it looks for a route.
        router.errorHandler(400, this::answer);
        router.errorHandler(404, this::answer);
    }

    private void answer(RoutingContext request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            request.next();
            return;
        }
        Problem problem = meters.answered(problem(request));
        response.setStatusCode(problem.status())
                .putHeader(RequestIds.HEADER, problem.requestId())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.JSON);
        problem.headers().forEach(response::putHeader);
        response.end(json(problem));
    }

    private static Problem problem(RoutingContext request) {
        if (request.failure() instanceof Refusal refusal) {
            return Problems.of(refusal, request);
        }
        boolean isCallersFault = request.statusCode() >= 400 && request.statusCode() < 500;
        return isCallersFault
                ? Problems.http(request.statusCode(), request)
                : Problems.incident(request.failure(), request);
    }

    private Buffer json(Problem problem) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written as JSON", e);
        }
    }
}
