package dev.tandem.api.imports.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.api.csv.Column;
import dev.tandem.api.csv.Columns;
import dev.tandem.domain.transfer.RawLine.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every row of a file becomes: an object with the places of the columns in it. A cell with nothing in it is left out. */
final class RowTemplate {

    private final Columns columns;
    private final JsonFactory json;
    private final List<CellReader> readers = new ArrayList<>();
    private final Branch root = new Branch(new LinkedHashMap<>());
    private int keyColumn = -1;

    /** A part of the object. */
    private sealed interface Node {
        boolean isPresent(Row row);

        void write(Row row, JsonGenerator out) throws IOException;
    }

    private record Leaf(int cell, CellReader reader) implements Node {

        @Override
        public boolean isPresent(Row row) {
            return row.isPresent(cell);
        }

        @Override
        public void write(Row row, JsonGenerator out) throws IOException {
            reader.write(row, cell, out);
        }
    }

    private record Branch(Map<String, Node> parts) implements Node {

        @Override
        public boolean isPresent(Row row) {
            return parts.values().stream().anyMatch(part -> part.isPresent(row));
        }

        @Override
        public void write(Row row, JsonGenerator out) throws IOException {
            out.writeStartObject();
            for (Map.Entry<String, Node> part : parts.entrySet()) {
                if (part.getValue().isPresent(row)) {
                    out.writeFieldName(part.getKey());
                    part.getValue().write(row, out);
                }
            }
            out.writeEndObject();
        }

        /** The branch of this name, which is none of the leaves: no two columns are for the same place. */
        Branch branch(String name) {
            return (Branch) parts.computeIfAbsent(name, ignored -> new Branch(new LinkedHashMap<>()));
        }
    }

    /** @param json reads and writes JSON as strictly as a body */
    RowTemplate(Columns columns, SchemaTypes types, JsonFactory json) {
        this.columns = columns;
        this.json = json;
        for (Column column : columns.list()) {
            CellReader reader = new CellReader(column, types.of(column), json);
            if (!column.isNameless()) {
                place(column, reader);
            }
            readers.add(reader);
        }
    }

    private void place(Column column, CellReader reader) {
        List<String> path = column.path();
        if (path.equals(List.of("key"))) {
            keyColumn = readers.size();
        }
        Branch branch = root;
        for (String name : path.subList(0, path.size() - 1)) {
            branch = branch.branch(name);
        }
        branch.parts.put(path.getLast(), new Leaf(readers.size(), reader));
    }

    /** What is wrong with a row; null if nothing is. */
    @Nullable
    Flaw flaw(Row row) {
        if (row.isBroken()) {
            return new Flaw(
                    "",
                    "csv.quotes",
                    "A cell that begins with a quote ends with a quote, and in between each quote is written twice.");
        }
        if (!row.isUtf8()) {
            return new Flaw("", "csv.encoding", "This is not UTF-8.");
        }
        if (row.size() != columns.size()) {
            return new Flaw(
                    "", "csv.cells", "This row has " + row.size() + " cells, and the header " + columns.size() + ".");
        }
        for (int cell = 0; cell < row.size(); cell++) {
            Flaw flaw = row.isPresent(cell) ? flaw(row, cell) : null;
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    private @Nullable Flaw flaw(Row row, int cell) {
        return columns.list().get(cell).isNameless()
                ? new Flaw("", "csv.cells", "Cell " + (cell + 1) + " is not empty, but its column has no name.")
                : readers.get(cell).flaw(row, cell);
    }

    /** A row without a flaw as JSON. */
    byte[] json(Row row) {
        return written(out -> root.write(row, out));
    }

    /** The beginning of a row as JSON that does not end: only its key, if it can be read. */
    byte[] beginning(Row row) {
        boolean hasKey = keyColumn >= 0 && row.isSound(keyColumn) && row.isPresent(keyColumn) && row.isUtf8();
        return written(out -> {
            out.writeStartObject();
            if (hasKey) {
                out.writeStringField("key", row.cell(keyColumn));
            }
        });
    }

    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private byte[] written(Writing writing) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(octets)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return octets.toByteArray();
    }
}
