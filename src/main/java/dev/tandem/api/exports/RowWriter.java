package dev.tandem.api.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.csv.CellType;
import dev.tandem.api.csv.Column;
import dev.tandem.api.csv.Columns;
import dev.tandem.domain.document.Document;
import dev.tandem.service.document.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents as rows of CSV, with the header before the first. An import reads the same values from the same header, where its columns
 * have the types of the values. Values are written as they are, also those that a spreadsheet would take for a formula.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class RowWriter {

    private static final String END = "\r\n";

    /** Whatever any reader could take for more than a part of a text. */
    private static final String SPECIAL = "\",;\t\r\n=";

    private final Columns columns;
    private final ObjectMapper mapper;
    private boolean isBegun;

    RowWriter(Columns columns, ObjectMapper mapper) {
        this.columns = columns;
        this.mapper = mapper;
    }

    byte[] write(List<StoredDocument> documents) {
        StringBuilder text = new StringBuilder();
        if (!isBegun) {
            isBegun = true;
            row(
                    text,
                    columns.list().stream()
                            .map(column -> quoted(column.header()))
                            .toList());
        }
        for (StoredDocument stored : documents) {
            Map<String, @Nullable Object> fields = fields(stored.document());
            row(
                    text,
                    columns.list().stream().map(column -> cell(column, fields)).toList());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> fields(Document document) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("key", document.key());
        fields.put("title", document.title());
        fields.put("content", document.content());
        Instant expiresAt = document.expiresAt();
        fields.put("expiresAt", expiresAt == null ? null : expiresAt.toString());
        if (!document.metadata().values().isEmpty()) {
            fields.put(Column.METADATA, document.metadata().values());
        }
        return fields;
    }

    private String cell(Column column, Map<String, @Nullable Object> fields) {
        Object value = fields;
        for (String name : column.path()) {
            if (!(value instanceof Map<?, ?> object && object.containsKey(name))) {
                return "";
            }
            value = object.get(name);
        }
        if (column.type() == CellType.JSON) {
            return quoted(json(value));
        }
        return value == null ? "" : quoted(value instanceof String string ? string : json(value));
    }

    /** An empty text has quotes, because a cell without them is one that is missing. */
    private static String quoted(String text) {
        boolean isPlain = !text.isEmpty() && text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private String json(@Nullable Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata can always be written as JSON", e);
        }
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append(String.join(",", cells)).append(END);
    }
}
