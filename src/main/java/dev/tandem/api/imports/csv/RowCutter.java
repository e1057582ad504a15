package dev.tandem.api.imports.csv;

import dev.tandem.api.imports.lines.Cutter;
import dev.tandem.domain.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts CSV that arrives in pieces into rows and cells. A row ends at CR LF, LF or CR, unless these are in quotes. A quote counts where a
 * cell begins, and is an ordinary character elsewhere.
 *
 * <p>If the delimiter is not known, it is the first comma, semicolon or tab in the header, or what the line {@code sep=;} before it says,
 * which spreadsheets write and read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class RowCutter implements Cutter {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] SEPARATOR = "sep=".getBytes(StandardCharsets.US_ASCII);

    private final Row row;
    private final Consumer<Row> rows;

    private @Nullable Delimiter delimiter;
    private Place place = Place.BEGINNING;
    private boolean isFirstRow = true;
    private boolean declares;
    private int marks;
    private long line = 1;
    private boolean isAfterReturn;

    private enum Place {
        /** Before the first octet that is not part of a mark. */
        BEGINNING,
        /** Before the first octet of a cell. */
        CELL,
        PLAIN,
        QUOTED,
        /** After a quote in quotes: the second of them is an ordinary one, anything else ends the cell. */
        QUOTE,
        /** After something that may not follow a quote. */
        BROKEN
    }

    /**
     * @param delimiter null if the file says it
     * @param longest how many octets the cells of a row may have together
     * @param rows receives each row, which is valid until it returns
     */
    RowCutter(@Nullable Delimiter delimiter, int longest, Consumer<Row> rows) {
        this.delimiter = delimiter;
        this.row = new Row(longest);
        this.rows = rows;
    }

    @Override
    public int take(byte[] octets, int from, int to) {
        int at = place == Place.BEGINNING ? skipMarks(octets, from, to) : from;
        if (at < to && row.isUntouched() && place == Place.CELL && isAfterReturn && octets[at] == '\n') {
            isAfterReturn = false;
            at++;
        }
        while (at < to) {
            if (place == Place.QUOTED) {
                at = quoted(octets, at, to);
            } else if (octets[at] == '\n' || octets[at] == '\r') {
                count(octets[at]);
                endRow();
                return at + 1;
            } else {
                at = next(octets, at, to);
            }
        }
        return to;
    }

    @Override
    public void end() {
        if (place == Place.BEGINNING) {
            row.add(BYTE_ORDER_MARK, 0, marks);
        }
        if (place == Place.QUOTED) {
            row.breakQuotes();
        }
        if (!row.isUntouched()) {
            endRow();
        }
    }

    private int skipMarks(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] == BYTE_ORDER_MARK[marks]) {
            // Whoever puts a mark in front may not see that there is one.
            marks = (marks + 1) % BYTE_ORDER_MARK.length;
            at++;
        }
        if (at < to) {
            row.add(BYTE_ORDER_MARK, 0, marks);
            place = Place.CELL;
            marks = 0;
        }
        return at;
    }

    /** Whatever is neither in quotes nor the end of a row. */
    private int next(byte[] octets, int at, int to) {
        byte octet = octets[at];
        isAfterReturn = false;
        if (isDelimiter(octet)) {
            row.endCell();
            place = Place.CELL;
        } else if (octet == '"' && place == Place.CELL) {
            row.quote();
            place = Place.QUOTED;
        } else if (octet == '"' && place == Place.QUOTE) {
            row.add(octets, at, at + 1);
            place = Place.QUOTED;
        } else if (place == Place.QUOTE || place == Place.BROKEN) {
            row.breakQuotes();
            place = Place.BROKEN;
        } else {
            place = Place.PLAIN;
            return plain(octets, at, to);
        }
        return at + 1;
    }

    private boolean isDelimiter(byte octet) {
        Delimiter found = Delimiter.of(octet);
        if (found == null || declares) {
            return false;
        }
        if (isFirstRow && row.beginsWith(SEPARATOR)) {
            declares = true;
            return false;
        }
        if (delimiter == null) {
            delimiter = found;
        }
        return found == delimiter;
    }

    /** Up to whatever may end the cell. The first octet is known not to. */
    private int plain(byte[] octets, int from, int to) {
        int at = from + 1;
        while (at < to && octets[at] != '\n' && octets[at] != '\r' && Delimiter.of(octets[at]) == null) {
            at++;
        }
        row.add(octets, from, at);
        return at;
    }

    private int quoted(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != '"') {
            count(octets[at]);
            at++;
        }
        row.add(octets, from, at);
        if (at < to) {
            isAfterReturn = false;
            place = Place.QUOTE;
            return at + 1;
        }
        return to;
    }

    /** CR LF is one line break. */
    private void count(byte octet) {
        if (octet == '\r' || (octet == '\n' && !isAfterReturn)) {
            line++;
        }
        isAfterReturn = octet == '\r';
    }

    private void endRow() {
        row.endCell();
        if (declaresDelimiter()) {
            declare();
        } else if (!row.isBlank()) {
            isFirstRow = false;
            rows.accept(row);
        }
        declares = false;
        row.begin(line);
        place = Place.CELL;
    }

    private boolean declaresDelimiter() {
        return declares || (isFirstRow && row.size() == 1 && row.firstCellBeginsWith(SEPARATOR));
    }

    /**
     * A parameter counts more than what the file says.
     *
     * @throws Refusal.Malformed if nothing says a delimiter that there is
     */
    private void declare() {
        isFirstRow = false;
        if (delimiter == null) {
            delimiter = row.end(0) == SEPARATOR.length + 1 ? Delimiter.of(row.octets()[SEPARATOR.length]) : null;
        }
        if (delimiter == null) {
            throw new Refusal.Malformed(
                    "csv.delimiter",
                    "",
                    "The first line, which begins with sep=, names no delimiter. It is a comma, a semicolon or a tab.");
        }
    }
}
