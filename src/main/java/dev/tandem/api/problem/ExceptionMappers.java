package dev.tandem.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tandem.api.http.RequestIds;
import dev.tandem.domain.error.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where every failure of a request ends up. */
class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @ServerExceptionMapper
    Response refused(Refusal refusal, RoutingContext request) {
        return Problems.of(refusal, request);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException failure, RoutingContext request) {
        return Problems.of(JsonFailures.of(failure), request);
    }

    /** What JAX-RS itself says no to: unknown paths, methods and media types, unreadable bodies. */
    @ServerExceptionMapper
    Response refusedByHttp(WebApplicationException failure, RoutingContext request) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, request);
        }
        if (failure.getCause() instanceof Refusal refusal) {
            return refused(refusal, request);
        }
        Response original = failure.getResponse();
        int status = original.getStatus();
        if (status >= 500) {
            return unknown(failure, request);
        }
        Response.ResponseBuilder answer =
                Problems.answer(Problems.plain(status, code(status), detail(status), request));
        Object allowed = original.getHeaders().getFirst("Allow");
        return allowed == null
                ? answer.build()
                : answer.header("Allow", allowed).build();
    }

    /** Nobody foresaw it. The caller gets a number to quote, the log the reason. */
    @ServerExceptionMapper
    Response unknown(Throwable failure, RoutingContext request) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(failure, "Incident %s in request %s", incident, RequestIds.of(request));
        return Problems.answer(
                        Problems.plain(500, "internal", "This is our fault. Quote incident " + incident + ".", request))
                .build();
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "http.not_found";
            case 405 -> "http.method_not_allowed";
            case 406 -> "http.not_acceptable";
            case 413 -> "http.content_too_large";
            case 415 -> "http.unsupported_media_type";
            default -> "http.bad_request";
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take this method.";
            case 406 -> "There is no answer in a media type that you accept.";
            case 413 -> "The body is larger than this address takes.";
            case 415 -> "This address does not read bodies of this media type.";
            default -> String.format(Locale.ROOT, "The request was refused with status %d.", status);
        };
    }
}
