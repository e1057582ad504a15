package dev.tandem.api.transfer;

import dev.tandem.domain.transfer.RawLine;
import java.util.function.Consumer;

/**
 * Cuts a body that arrives bit by bit into its lines: NDJSON at its line feeds, a JSON array between its elements. The first character
 * that isn't white space tells which it is.
 *
 * @see <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>
 */
final class Splitter {

    private final LineBuilder builder;
    private Form form = Form.UNKNOWN;
    private int depth;
    private boolean inString;
    private boolean escaped;

    Splitter(int longest, Consumer<RawLine> lines) {
        this.builder = new LineBuilder(longest, lines);
    }

    private enum Form {
        UNKNOWN,
        LINES,
        ARRAY,
        /** Behind the array's end. Whatever stands there is a line that can't be read. */
        REST
    }

    void feed(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            at = switch (form) {
                case UNKNOWN -> begin(octets, at, to);
                case LINES, REST -> line(octets, at, to);
                case ARRAY -> element(octets, at, to);
            };
        }
    }

    /** The body is complete. An array without an end gets a last line that can't be read. */
    void end() {
        if (form == Form.ARRAY) {
            builder.addBrokenEnd();
        }
        builder.end();
    }

    private int begin(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && isBlank(octets[at])) {
            at++;
        }
        if (at == to) {
            return to;
        }
        form = octets[at] == '[' ? Form.ARRAY : Form.LINES;
        return form == Form.ARRAY ? at + 1 : at;
    }

    private int line(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != '\n') {
            at++;
        }
        builder.add(octets, from, at);
        if (at == to) {
            return to;
        }
        builder.end();
        return at + 1;
    }

    private int element(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            byte octet = octets[at];
            if (inString) {
                inString = escaped || octet != '"';
                escaped = !escaped && octet == '\\';
            } else if (octet == '"') {
                inString = true;
            } else if (octet == '{' || octet == '[') {
                depth++;
            } else if (depth > 0 && (octet == '}' || octet == ']')) {
                depth--;
            } else if (depth == 0 && (octet == ',' || octet == ']')) {
                builder.add(octets, from, at);
                builder.end();
                form = octet == ']' ? Form.REST : Form.ARRAY;
                return at + 1;
            }
        }
        builder.add(octets, from, to);
        return to;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }
}
