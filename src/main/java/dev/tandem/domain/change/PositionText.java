package dev.tandem.domain.change;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** Positions as texts, as rows store them, and back. Equal ones have equal texts. */
public final class PositionText {

    private static final String SPACE = " ";
    private static final String EQUALS = "=";
    private static final int PARTS = 5;

    private PositionText() {}

    /** The origin comes last, because it may have any characters. */
    public static String of(Position position) {
        String pending = position.pending().entrySet().stream()
                .map(entry -> entry.getKey() + EQUALS + entry.getValue())
                .collect(Collectors.joining(",", "[", "]"));
        return String.join(
                SPACE,
                Long.toString(position.txid()),
                Long.toString(position.at()),
                Long.toString(position.seq()),
                pending,
                position.origin());
    }

    public static Position position(String text) {
        String[] parts = text.split(SPACE, PARTS);
        TreeMap<Long, Long> pending = new TreeMap<>();
        String pairs = parts[3].substring(1, parts[3].length() - 1);
        for (String pair : pairs.isEmpty() ? new String[0] : pairs.split(",", -1)) {
            String[] numbers = pair.split(EQUALS, 2);
            pending.put(Long.valueOf(numbers[0]), Long.valueOf(numbers[1]));
        }
        return new Position(
                parts[4], Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), pending);
    }
}
