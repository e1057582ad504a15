package dev.tandem.api.json;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;

/**
 * Reads a vector: a list of numbers. Jackson's own reader also takes Base64, and "NaN" for a number.
 *
 * <p>Each number is the float that {@link Float#parseFloat} makes of it, read without a string for each on the JVM: vectors are most of
 * what is read here.
 */
final class VectorReader extends StdDeserializer<float[]> {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int USUAL = 384;

    /** The fast way reads characters through the Foreign Function & Memory API, which a native image does without. */
    private static final boolean FAST = ImageMode.current() == ImageMode.JVM;

    VectorReader() {
        super(float[].class);
    }

    /** A number that is too large for a float becomes infinite. The rules then refuse it and name its place. */
    @Override
    public float[] deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            throw MismatchedInputException.from(parser, float[].class, "not a list");
        }
        float[] vector = new float[USUAL];
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isNumeric()) {
                throw JsonMappingException.wrapWithPath(
                        MismatchedInputException.from(parser, float.class, "not a number"), vector, length);
            }
            vector = length < vector.length ? vector : Arrays.copyOf(vector, 2 * length);
            vector[length++] = number(parser);
        }
        return length == vector.length ? vector : Arrays.copyOf(vector, length);
    }

    private static float number(JsonParser parser) throws IOException {
        return FAST
                ? JavaFloatParser.parseFloat(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                : Float.parseFloat(parser.getText());
    }
}
