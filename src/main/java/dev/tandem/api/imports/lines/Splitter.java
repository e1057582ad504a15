package dev.tandem.api.imports.lines;

import dev.tandem.domain.transfer.RawLine;
import java.util.function.Consumer;

/**
 * Cuts a body that arrives in pieces into its lines: NDJSON at its line feeds, and a JSON array between its elements. The first character
 * that isn't white space decides which of them it is.
 *
 * @see <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>
 */
final class Splitter implements Cutter {

    /** Some programs write it at the beginning of UTF-8; it has no meaning there. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final LineBuilder builder;
    private Shape shape = Shape.UNKNOWN;
    private int marks;
    private int depth;
    private boolean inString;
    private boolean escaped;

    Splitter(int longest, Consumer<RawLine> lines) {
        this.builder = new LineBuilder(longest, lines);
    }

    private enum Shape {
        UNKNOWN,
        LINES,
        ARRAY,
        /** After an array's first element. */
        ELEMENTS,
        /** After the array's end. Nothing may follow, so everything that does is refused. */
        REST
    }

    @Override
    public int take(byte[] octets, int from, int to) {
        return switch (shape) {
            case UNKNOWN -> begin(octets, from, to);
            case LINES, REST -> line(octets, from, to);
            case ARRAY, ELEMENTS -> element(octets, from, to);
        };
    }

    /** The body is complete. An array that is not closed gets a last line that can't be read. */
    @Override
    public void end() {
        if (shape == Shape.ARRAY || shape == Shape.ELEMENTS) {
            builder.endBroken();
        } else {
            endLine();
        }
    }

    private int begin(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && (isMark(octets[at]) || isBlank(octets[at]))) {
            at++;
        }
        if (at == to) {
            return to;
        }
        shape = octets[at] == '[' ? Shape.ARRAY : Shape.LINES;
        return shape == Shape.ARRAY ? at + 1 : at;
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
        endLine();
        return at + 1;
    }

    private void endLine() {
        if (shape == Shape.REST && !builder.isBlank()) {
            builder.endBroken();
        } else {
            builder.end();
        }
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
                endElement(octet == ']');
                return at + 1;
            }
        }
        builder.add(octets, from, to);
        return to;
    }

    /** Only an empty array may have nothing before its closing bracket. */
    private void endElement(boolean isLast) {
        if (builder.isBlank() && !(isLast && shape == Shape.ARRAY)) {
            builder.endBroken();
        } else {
            builder.end();
        }
        shape = isLast ? Shape.REST : Shape.ELEMENTS;
    }

    private boolean isMark(byte octet) {
        if (marks < BYTE_ORDER_MARK.length && octet == BYTE_ORDER_MARK[marks]) {
            marks++;
            return true;
        }
        return false;
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }
}
