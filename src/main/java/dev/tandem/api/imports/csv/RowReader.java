package dev.tandem.api.imports.csv;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tandem.api.csv.Columns;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.domain.transfer.RawLine.Flaw;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes lines of the rows of a file. The first row is the header, which says what the cells of the others are. */
final class RowReader {

    /** In bytes: all metadata of a document has no more. */
    private static final int LONGEST_HEADER = 65_536;

    private final SchemaTypes types;
    private final JsonFactory json;
    private final int longestLine;
    private final Consumer<RawLine> lines;
    private @Nullable RowTemplate template;

    /**
     * @param longestLine in bytes, as CSV and as JSON
     * @param lines receives the lines
     */
    RowReader(SchemaTypes types, JsonFactory json, int longestLine, Consumer<RawLine> lines) {
        this.types = types;
        this.json = json;
        this.longestLine = longestLine;
        this.lines = lines;
    }

    /** @throws Refusal.Malformed if it should be the header and can't be */
    void read(Row row) {
        if (template == null) {
            template = new RowTemplate(header(row), types, json);
        } else {
            lines.accept(line(template, row));
        }
    }

    private Columns header(Row row) {
        if (!row.isWhole() || row.end(row.size() - 1) > LONGEST_HEADER) {
            throw refused("A header has at most " + LONGEST_HEADER + " bytes.");
        }
        if (row.isBroken()) {
            throw refused("Its quotes are wrong.");
        }
        if (!row.isUtf8()) {
            throw new Refusal.Malformed("csv.encoding", "", "This is not UTF-8. Spreadsheets can write CSV as UTF-8.");
        }
        List<String> names = IntStream.range(0, row.size()).mapToObj(row::cell).toList();
        try {
            return Columns.of(names);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private static Refusal refused(@Nullable String reason) {
        return new Refusal.Malformed("csv.header", "", "The first row is the header. " + reason);
    }

    private RawLine line(RowTemplate rows, Row row) {
        if (!row.isWhole()) {
            return tooLong(rows, row);
        }
        Flaw flaw = rows.flaw(row);
        if (flaw != null) {
            return new RawLine(row.line(), rows.beginning(row), true, flaw);
        }
        byte[] octets = rows.json(row);
        return octets.length > longestLine ? tooLong(rows, row) : new RawLine(row.line(), octets, true);
    }

    private RawLine tooLong(RowTemplate rows, Row row) {
        return new RawLine(row.line(), Arrays.copyOf(rows.beginning(row), longestLine), false);
    }
}
