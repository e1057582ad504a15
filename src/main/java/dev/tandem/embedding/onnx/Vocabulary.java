package dev.tandem.embedding.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words and parts of words that a BERT model knows, with their numbers. */
final class Vocabulary {

    private static final String CONTINUED = "##";

    private final Map<String, Integer> beginnings = new HashMap<>();
    private final Map<String, Integer> continuations = new HashMap<>();
    private final int longest;

    private Vocabulary(JsonNode numbers) {
        int length = 0;
        for (Map.Entry<String, JsonNode> entry : numbers.properties()) {
            String piece = entry.getKey();
            boolean continued = piece.startsWith(CONTINUED) && piece.length() > CONTINUED.length();
            String text = continued ? piece.substring(CONTINUED.length()) : piece;
            (continued ? continuations : beginnings).put(text, entry.getValue().intValue());
            length = Math.max(length, text.length());
        }
        longest = length;
    }

    /** Reads a {@code tokenizer.json} in Hugging Face's format. */
    static Vocabulary read(InputStream json) throws IOException {
        return new Vocabulary(new ObjectMapper().readTree(json).path("model").path("vocab"));
    }

    /** The number of a piece that begins or continues a word, or null. */
    @Nullable
    Integer find(String text, boolean continued) {
        return (continued ? continuations : beginnings).get(text);
    }

    /** The number of a special token, such as {@code [CLS]}. */
    int special(String name) {
        Integer number = beginnings.get(name);
        if (number == null) {
            throw new IllegalStateException("The vocabulary has no " + name + ".");
        }
        return number;
    }

    /** The length of the longest piece, in UTF-16 units. */
    int longest() {
        return longest;
    }
}
