package dev.tandem.api.imports.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.tandem.api.gate.Utf8;
import dev.tandem.api.json.PatchReader;
import dev.tandem.api.problem.JsonFailures;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.domain.transfer.RawLine.Flaw;
import dev.tandem.service.transfer.LineReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lines of JSON as strictly as a body. */
@Singleton
class ImportReader implements LineReader {

    /** Skips what the strict reader refuses, to find the key behind it. */
    private static final JsonFactory LENIENT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS = new TypeReference<>() {};

    private final ObjectReader documents;
    private final ObjectReader members;
    private final PatchReader patches;

    ImportReader(ObjectMapper mapper, PatchReader patches) {
        this.documents = mapper.readerFor(ImportRequest.class);
        this.members = mapper.readerFor(MEMBERS);
        this.patches = patches;
    }

    @Override
    public ReadLine read(RawLine line, @Nullable String author) {
        ImportRequest request = checked(line, documents);
        return request.toLine(author);
    }

    @Override
    public ReadPatch readPatch(RawLine line) {
        Map<String, @Nullable Object> changes = checked(line, members);
        return patches.body(changes, ImportPatch.class).toPatch(changes);
    }

    private static <T> T checked(RawLine line, ObjectReader reader) {
        if (!line.isWhole()) {
            throw new Refusal.TooLarge(
                    "import.line_too_long", "A line may have at most " + line.octets().length + " bytes.");
        }
        Flaw flaw = line.flaw();
        if (flaw != null) {
            throw new Refusal.Malformed(flaw.code(), flaw.pointer(), flaw.detail());
        }
        if (!Utf8.isValid(line.octets())) {
            throw new Refusal.Malformed("json.malformed", "", "This is not JSON: it is not UTF-8.");
        }
        try {
            T read = reader.readValue(line.octets());
            if (read == null) {
                throw new Refusal.Malformed("json.wrong_type", "", "This must be an object.");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw JsonFailures.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable String keyOf(RawLine line) {
        try (JsonParser parser = LENIENT.createParser(line.octets())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isKey = parser.currentName().equals("key");
                JsonToken value = parser.nextToken();
                if (isKey) {
                    return value == JsonToken.VALUE_STRING ? parser.getText() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            // The line can't be read, which is why it is refused.
            return null;
        }
    }
}
