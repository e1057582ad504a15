package dev.tandem.repository;

import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogHead;
import dev.tandem.domain.change.LogHead.Reach;
import dev.tandem.domain.change.LogNews;
import dev.tandem.domain.change.LogSlice;
import dev.tandem.domain.change.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the results of the change log's queries. Each row begins with the four columns of the log's head. */
final class LogRows {

    private LogRows() {}

    static LogNews news(Position position, List<Object[]> rows) {
        Object[] first = rows.getFirst();
        LogHead head = head(first);
        if (!head.continues(position, new Reach(0, 0, numberOrNull(first[4])))) {
            return new LogNews(false, Set.of(), position);
        }
        return new LogNews(
                true,
                rows.stream()
                        .filter(row -> row[5] != null)
                        .map(row -> Rows.id(row[5]))
                        .collect(Collectors.toUnmodifiableSet()),
                head.end(position));
    }

    static LogSlice slice(UUID collectionId, Position position, List<Object[]> rows, int limit) {
        Object[] first = rows.getFirst();
        LogHead head = head(first);
        Reach reach = new Reach(numberOr(first[4], 0), numberOr(first[5], 0), numberOrNull(first[6]));
        if (!head.continues(position, reach)) {
            return LogSlice.disconnected(position);
        }
        List<Change> changes = rows.stream()
                .filter(row -> row[7] != null)
                .map(row -> change(collectionId, row))
                .toList();
        boolean isAll = changes.size() < limit;
        return new LogSlice(true, changes, isAll ? head.end(position) : head.behind(position, changes), isAll);
    }

    static LogHead head(Object[] row) {
        return new LogHead((String) row[0], numberOr(row[1], 0), numberOr(row[2], 0), numbers((String) row[3]));
    }

    private static SortedSet<Long> numbers(@Nullable String list) {
        return list == null || list.isEmpty()
                ? new TreeSet<>()
                : Arrays.stream(list.split(",")).map(Long::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static long numberOr(@Nullable Object column, long otherwise) {
        return column == null ? otherwise : Rows.number(column);
    }

    private static @Nullable Long numberOrNull(@Nullable Object column) {
        return column == null ? null : Rows.number(column);
    }

    private static Change change(UUID collectionId, Object[] row) {
        return new Change(
                Rows.number(row[7]),
                Rows.number(row[8]),
                Rows.number(row[9]),
                collectionId,
                Rows.id(row[10]),
                ChangeKind.valueOf((String) row[11]));
    }
}
