package dev.tandem.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Reads a vector, and distinguishes a null from a vector that is not mentioned. */
final class VectorFieldReader extends StdDeserializer<VectorField> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final VectorReader numbers = new VectorReader();

    VectorFieldReader() {
        super(VectorField.class);
    }

    @Override
    public VectorField deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return new VectorField(numbers.deserialize(parser, context));
    }

    @Override
    public VectorField getNullValue(DeserializationContext context) {
        return new VectorField(null);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
