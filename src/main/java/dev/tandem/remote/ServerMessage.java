package dev.tandem.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.refusal.Excerpt;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What a server says about an error: {@code error.message} as OpenAI writes it, or what others write instead. Only a short text that people
 * can read is taken, because some servers repeat the texts that they refuse.
 */
final class ServerMessage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 100_000;
    private static final int LONGEST = 200;

    private ServerMessage() {}

    static Optional<String> of(Buffer body) {
        if (body.length() == 0 || body.length() > LONGEST_BODY) {
            return Optional.empty();
        }
        String text = body.toString();
        return Optional.of(message(text))
                .map(said -> said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
                .filter(said -> !said.isEmpty())
                .map(said -> Excerpt.of(said, LONGEST));
    }

    private static String message(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.isContainerNode() ? message(json) : body;
        } catch (JsonProcessingException e) {
            // It is a text, perhaps of a proxy, or a page of HTML.
            return body.stripLeading().startsWith("<") ? "" : body;
        }
    }

    private static String message(JsonNode json) {
        for (String member : new String[] {"error", "message", "detail", "msg"}) {
            JsonNode said = json.path(member);
            if (said.isTextual()) {
                return said.textValue();
            }
            JsonNode inner = said.isArray() ? said.path(0) : said;
            if (inner.isObject()) {
                return message(inner);
            }
        }
        return "";
    }
}
