package dev.tandem.api.imports.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.api.csv.CellType;
import dev.tandem.api.csv.Column;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.transfer.RawLine.Flaw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of a column. What the header says of their type must be true. Otherwise the schema says it, and a cell that does not fit
 * is a string, which the schema then refuses. Without either, a cell is a string, whatever it looks like.
 */
final class CellReader {

    private final Column column;
    private final Set<String> types;
    private final JsonFactory json;

    /**
     * @param types of the schema, for this column
     * @param json reads JSON as strictly as a body
     */
    CellReader(Column column, Set<String> types, JsonFactory json) {
        this.column = column;
        this.types = types;
        this.json = json;
    }

    /** What is wrong with a cell; null if nothing is. */
    @Nullable
    Flaw flaw(Row row, int cell) {
        CellType said = column.type();
        if (said == null || said == CellType.STRING) {
            return null;
        }
        String text = row.cell(cell);
        String expected =
                switch (said) {
                    case STRING -> null;
                    case NUMBER -> CellType.isNumber(text) ? null : "a number as JSON writes it, such as 3.5";
                    case BOOLEAN -> CellType.isBoolean(text) ? null : "true or false";
                    case JSON -> begin(text) == null ? "JSON" : null;
                };
        return expected == null ? null : new Flaw(pointer(), "csv.type", "This cell must be " + expected + ".");
    }

    /** Writes a cell that has no flaw. */
    void write(Row row, int cell, JsonGenerator out) throws IOException {
        CellType type = column.type() == null ? suggested(row, cell) : column.type();
        switch (type) {
            case STRING -> out.writeUTF8String(row.octets(), row.start(cell), row.end(cell) - row.start(cell));
            case NUMBER -> out.writeNumber(row.cell(cell));
            case BOOLEAN -> out.writeBoolean(row.cell(cell).equalsIgnoreCase("true"));
            case JSON -> out.writeRawValue(row.cell(cell));
        }
    }

    private CellType suggested(Row row, int cell) {
        if (types.isEmpty() || types.contains("string")) {
            return CellType.STRING;
        }
        String text = row.cell(cell);
        if (CellType.isNumber(text) && (types.contains("number") || types.contains("integer"))) {
            return CellType.NUMBER;
        }
        if (CellType.isBoolean(text) && types.contains("boolean")) {
            return CellType.BOOLEAN;
        }
        JsonToken begin = begin(text);
        boolean isWanted = (begin == JsonToken.START_ARRAY && types.contains("array"))
                || (begin == JsonToken.START_OBJECT && types.contains("object"));
        return isWanted ? CellType.JSON : CellType.STRING;
    }

    /** What JSON begins with; null if this is not JSON, or nested too deep. */
    private @Nullable JsonToken begin(String text) {
        try (JsonParser parser = json.createParser(text)) {
            JsonToken first = parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null ? first : null;
        } catch (JsonProcessingException e) {
            // Whoever asks says so, in words for a cell.
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private String pointer() {
        return column.path().stream().map(name -> "/" + Violation.escape(name)).collect(Collectors.joining());
    }
}
