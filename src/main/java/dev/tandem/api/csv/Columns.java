package dev.tandem.api.csv;

import dev.tandem.domain.refusal.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of CSV, from its header. No two are for the same place, and none for a part of another one's place.
 *
 * @param list at least one
 */
public record Columns(List<Column> list) {

    public static final int MOST = 1_000;

    private static final int SHOWN = 100;

    /** @throws IllegalArgumentException if these can't be columns; the message says why */
    public static Columns of(List<String> names) {
        if (names.size() > MOST) {
            throw new IllegalArgumentException("There are at most " + MOST + " columns.");
        }
        List<Column> list = new ArrayList<>();
        Set<List<String>> taken = new HashSet<>();
        Set<List<String>> above = new HashSet<>();
        for (String name : names) {
            Column column = column(name);
            list.add(column);
            if (!column.isNameless()) {
                List<String> path = column.path();
                boolean isFree = taken.add(path) && !above.contains(path);
                for (int length = 1; length < path.size(); length++) {
                    isFree &= !taken.contains(path.subList(0, length));
                    above.add(path.subList(0, length));
                }
                if (!isFree) {
                    throw new IllegalArgumentException(shown(name) + ": another column is for the same field.");
                }
            }
        }
        if (above.isEmpty() && taken.isEmpty()) {
            throw new IllegalArgumentException("No column has a name.");
        }
        return new Columns(List.copyOf(list));
    }

    private static Column column(String name) {
        try {
            return Column.named(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown(name) + ": " + e.getMessage(), e);
        }
    }

    private static String shown(String name) {
        return Excerpt.of(name, SHOWN);
    }

    public int size() {
        return list.size();
    }
}
