package dev.tandem.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure of a resource. {@link Failures} answers those that happen before. */
class ExceptionMappers {

    private final ProblemMeters meters;

    ExceptionMappers(ProblemMeters meters) {
        this.meters = meters;
    }

    @ServerExceptionMapper
    Response refused(Refusal refusal, RoutingContext request) {
        return answer(Problems.of(refusal, request)).build();
    }

    /** Two mappers, because Quarkus has its own for the second exception. */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    Response unreadable(JsonProcessingException failure, RoutingContext request) {
        return refused(JsonFailures.of(failure), request);
    }

    /** The refusals of JAX-RS itself: unknown paths, methods and media types, and unreadable bodies. */
    @ServerExceptionMapper
    Response refusedByHttp(WebApplicationException failure, RoutingContext request) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, request);
        }
        if (failure.getCause() instanceof Refusal refusal) {
            return refused(refusal, request);
        }
        Response original = failure.getResponse();
        if (original.getStatus() >= 500) {
            return unknown(failure, request);
        }
        Response.ResponseBuilder answer = answer(Problems.http(original.getStatus(), request));
        Object allowed = original.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allowed == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allowed).build();
    }

    @ServerExceptionMapper
    Response unknown(Throwable failure, RoutingContext request) {
        return answer(Problems.incident(failure, request)).build();
    }

    private Response.ResponseBuilder answer(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.JSON).entity(meters.answered(problem));
        problem.headers().forEach(answer::header);
        return answer;
    }
}
