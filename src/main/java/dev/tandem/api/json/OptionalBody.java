package dev.tandem.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.problem.JsonFailures;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads bodies that may be left out, as strictly as others. Without one, no media type is needed. */
@Singleton
public class OptionalBody {

    private final ObjectMapper mapper;

    OptionalBody(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The body; null if there is none.
     *
     * @throws NotSupportedException for another media type than JSON
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if it cannot be read
     */
    public <T> @Nullable T read(byte @Nullable [] body, @Nullable MediaType media, Class<T> type) {
        if (body == null || body.length == 0) {
            return null;
        }
        if (media == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(media)) {
            throw new NotSupportedException();
        }
        try {
            return mapper.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw JsonFailures.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }
}
