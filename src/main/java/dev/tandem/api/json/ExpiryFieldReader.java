package dev.tandem.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Reads a text, and distinguishes a null from a text that is not mentioned. */
final class ExpiryFieldReader extends StdDeserializer<ExpiryField> {

    @Serial
    private static final long serialVersionUID = 1L;

    ExpiryFieldReader() {
        super(ExpiryField.class);
    }

    @Override
    public ExpiryField deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return new ExpiryField(context.readValue(parser, String.class));
    }

    @Override
    public ExpiryField getNullValue(DeserializationContext context) {
        return new ExpiryField(null);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
