package dev.tandem.embedding.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.remote.UnusableAnswer;
import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;

/**
 * Reads {@code {"data": [{"index": 0, "embedding": [..]}, ..]}} and believes none of it: each text has one vector, at its index, and all
 * vectors have one length. Members that no vector depends on are skipped.
 */
final class AnswerReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            // Some servers write it; it is then known what is wrong with the vector.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** A component is no finite number. The message is a sentence. */
    static final class NotFinite extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        NotFinite() {
            super("A vector has a component that is no finite number.", null, false, false);
        }
    }

    private final Vector[] vectors;
    private int dimensions;

    private AnswerReader(int texts, int dimensions) {
        this.vectors = new Vector[texts];
        this.dimensions = dimensions;
    }

    /**
     * The vectors in the order of the texts.
     *
     * @param dimensions that they must have; 0 if it is not known
     */
    static List<Vector> read(byte[] json, int texts, int dimensions) throws UnusableAnswer, NotFinite {
        try (JsonParser parser = JSON.createParser(json)) {
            AnswerReader reader = new AnswerReader(texts, dimensions);
            reader.answer(parser);
            return Arrays.asList(reader.vectors);
        } catch (IOException e) {
            // The message of the parser repeats the answer.
            throw new UnusableAnswer("It is no complete JSON.");
        }
    }

    private void answer(JsonParser json) throws IOException, UnusableAnswer, NotFinite {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnusableAnswer("It is no JSON object.");
        }
        int read = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isData = json.currentName().equals("data");
            if (json.nextToken() == JsonToken.START_ARRAY && isData) {
                if (read >= 0) {
                    throw new UnusableAnswer("It has 'data' twice.");
                }
                read = data(json);
            } else {
                json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new UnusableAnswer("It is no complete JSON.");
        }
        if (read != vectors.length) {
            throw new UnusableAnswer("It has %d vectors for %d texts.".formatted(Math.max(0, read), vectors.length));
        }
    }

    private int data(JsonParser json) throws IOException, UnusableAnswer, NotFinite {
        int read = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new UnusableAnswer("An element of 'data' is no object.");
            }
            if (++read > vectors.length) {
                throw new UnusableAnswer(
                        "It has more than %d vectors for %d texts.".formatted(vectors.length, vectors.length));
            }
            element(json);
        }
        return read;
    }

    private void element(JsonParser json) throws IOException, UnusableAnswer, NotFinite {
        int index = -1;
        Vector vector = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (member.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
                index = json.getIntValue();
            } else if (member.equals("embedding") && value == JsonToken.START_ARRAY) {
                vector = vector(json);
            } else {
                json.skipChildren();
            }
        }
        if (vector == null) {
            throw new UnusableAnswer("An element of 'data' has no 'embedding' that is a list of numbers.");
        }
        if (index < 0 || index >= vectors.length || vectors[index] != null) {
            throw new UnusableAnswer("The indexes of the vectors are not those of the texts, from 0 to %d, once each."
                    .formatted(vectors.length - 1));
        }
        vectors[index] = vector;
    }

    private Vector vector(JsonParser json) throws IOException, UnusableAnswer, NotFinite {
        float[] components = new float[dimensions > 0 ? dimensions : ServerSettings.MOST_DIMENSIONS];
        int count = 0;
        boolean isFinite = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            JsonToken token = json.currentToken();
            float component = Float.NaN;
            if (token != null && token.isNumeric()) {
                component = json.getFloatValue();
            } else if (token != JsonToken.VALUE_NULL) {
                throw new UnusableAnswer("A component of a vector is no number.");
            }
            isFinite &= Float.isFinite(component);
            if (count < components.length) {
                components[count] = component;
            }
            count++;
        }
        requireDimensions(count);
        if (!isFinite) {
            throw new NotFinite();
        }
        return Vector.of(Arrays.copyOf(components, count));
    }

    private void requireDimensions(int count) throws UnusableAnswer {
        if (dimensions > 0 && count != dimensions) {
            throw new UnusableAnswer("It has a vector of %d dimensions instead of %d.".formatted(count, dimensions));
        }
        if (count == 0 || count > ServerSettings.MOST_DIMENSIONS) {
            throw new UnusableAnswer("It has a vector of %d dimensions; at most %d are possible."
                    .formatted(count, ServerSettings.MOST_DIMENSIONS));
        }
        dimensions = count;
    }
}
