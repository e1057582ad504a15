package dev.tandem.index.lucene.store;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.shape.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Data that is stored with each commit, atomically with the changes that the commit makes durable.
 *
 * @param position what the index shows; null while it is being filled for the first time
 */
record CommitData(Shape shape, @Nullable Position position) {

    private static final String FORMAT = "format";
    private static final String LANGUAGE = "language";
    private static final String METRIC = "metric";
    private static final String DIMENSIONS = "dimensions";
    private static final String ORIGIN = "origin";
    private static final String TXID = "txid";
    private static final String AT = "at";
    private static final String SEQ = "seq";
    private static final String PENDING = "pending";

    Map<String, String> toMap() {
        Map<String, String> map = new HashMap<>();
        map.put(FORMAT, Fields.FORMAT);
        map.put(LANGUAGE, shape.language().name());
        map.put(METRIC, shape.metric().name());
        map.put(DIMENSIONS, Integer.toString(shape.dimensions()));
        if (position != null) {
            map.put(ORIGIN, position.origin());
            map.put(TXID, Long.toString(position.txid()));
            map.put(AT, Long.toString(position.at()));
            map.put(SEQ, Long.toString(position.seq()));
            map.put(PENDING, words(position.pending()));
        }
        return map;
    }

    /**
     * The inverse of {@link #toMap()}; empty for another format.
     *
     * @throws IllegalArgumentException for values that no format has
     */
    static Optional<CommitData> ofMap(Map<String, String> map) {
        return Fields.FORMAT.equals(map.get(FORMAT))
                ? Optional.of(new CommitData(shape(map), position(map)))
                : Optional.empty();
    }

    private static Shape shape(Map<String, String> map) {
        return new Shape(
                Language.valueOf(map.getOrDefault(LANGUAGE, "")),
                Metric.valueOf(map.getOrDefault(METRIC, "")),
                Integer.parseInt(map.getOrDefault(DIMENSIONS, "")));
    }

    /** A position of another format counts as none: the index is built again. */
    private static @Nullable Position position(Map<String, String> map) {
        return map.keySet().containsAll(List.of(ORIGIN, TXID, AT, SEQ, PENDING))
                ? new Position(
                        map.getOrDefault(ORIGIN, ""),
                        number(map, TXID),
                        number(map, AT),
                        number(map, SEQ),
                        numbers(map.getOrDefault(PENDING, "")))
                : null;
    }

    private static long number(Map<String, String> map, String name) {
        return Long.parseLong(map.getOrDefault(name, ""));
    }

    private static String words(SortedMap<Long, Long> pending) {
        return pending.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static SortedMap<Long, Long> numbers(String words) {
        SortedMap<Long, Long> pending = new TreeMap<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ", -1)) {
            int colon = word.indexOf(':');
            pending.put(Long.valueOf(word.substring(0, colon)), Long.valueOf(word.substring(colon + 1)));
        }
        return pending;
    }
}
