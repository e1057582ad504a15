package dev.tandem.api.idempotency;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.idempotency.Answer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Converts answers between the form that is sent and the form that is stored. */
@Singleton
public class Answers {

    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    private final ObjectMapper mapper;

    Answers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The form that is stored. */
    public Answer of(RestResponse<?> answer) {
        Map<String, String> headers = answer.getHeaders().entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        header -> header.getValue().getFirst().toString()));
        return new Answer(answer.getStatus(), headers, json(answer.getEntity()));
    }

    /** Sends an answer that is text already, and not a view. */
    @ServerExceptionMapper
    Response replayed(Replay replay) {
        Answer kept = replay.answer();
        Response.ResponseBuilder answer = Response.status(kept.status()).header(IdempotentPosts.REPLAYED, true);
        kept.headers().forEach(answer::header);
        return kept.body() == null
                ? answer.build()
                : answer.type(JSON)
                        .entity(kept.body().getBytes(StandardCharsets.UTF_8))
                        .build();
    }

    private @Nullable String json(@Nullable Object view) {
        try {
            return view == null ? null : mapper.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view can always be written as JSON", e);
        }
    }
}
