package dev.tandem.domain.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.LogHead.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogHeadTest {

    private static final UUID SOMETHING = new UUID(0, 1);

    @Test
    @DisplayName("what runs before the newest transaction is pending, and shown when it has been read")
    void pending() {
        Position reached = head(10, 7, 8).end();
        assertThat(reached.shows(10)).isTrue();
        assertThat(reached.shows(9)).isTrue();
        assertThat(reached.shows(8)).isFalse();
        assertThat(reached.shows(11)).isFalse();
        assertThat(head(10, 8).end(reached).shows(7)).isTrue();
    }

    @Test
    @DisplayName("a pending transaction that is read in part is not shown, and neither are those behind it")
    void pendingInPart() {
        Position reached = head(10, 7, 8).end();
        Position part = head(12).behind(reached, List.of(change(7, 3)));
        assertThat(part.pending()).isEqualTo(Map.of(7L, 3L, 8L, 0L));
        assertThat(part.txid()).isEqualTo(10);
        Position more = head(12).behind(part, List.of(change(8, 4)));
        assertThat(more.pending()).isEqualTo(Map.of(8L, 4L));
    }

    @Test
    @DisplayName("a log of another origin, one that went back and one that was pruned past the reader are not read on")
    void disconnected() {
        Position reached = head(10, 7).end();
        Reach whole = new Reach(0, 0, 10L);
        assertThat(head(12).continues(reached, whole)).isTrue();
        assertThat(new LogHead("there", 12, 12, new TreeSet<>()).continues(reached, whole))
                .isFalse();
        assertThat(head(9).continues(reached, whole)).isFalse();
        assertThat(head(12).continues(reached, new Reach(0, 0, 11L))).isFalse();
        assertThat(head(12).continues(reached, new Reach(0, 0, null))).isFalse();
        assertThat(head(12).continues(reached, new Reach(11, 0, null))).isTrue();
        assertThat(head(12).continues(reached, new Reach(11, 11, null))).isFalse();
        assertThat(head(12).continues(reached, new Reach(10, 10, null)))
                .as("the pending transaction's changes may be among those deleted")
                .isFalse();
        assertThat(head(12, 7).continues(reached, new Reach(10, 10, null))).isTrue();
    }

    @Test
    @DisplayName("a standby that lags behind the reader's position moves no position back")
    void standby() {
        Position reached = head(10).end();
        LogHead standby = new LogHead(null, 8, 8, new TreeSet<>());
        assertThat(standby.continues(reached, new Reach(0, 0, null))).isTrue();
        assertThat(standby.end(reached)).isEqualTo(reached);
        assertThat(new LogHead(null, 11, 11, new TreeSet<>()).end(reached).origin())
                .isEqualTo("here");
    }

    static LongStream seeds() {
        return new Random().longs(300);
    }

    /**
     * A small model of PostgreSQL. Transactions begin, write, commit and abort in any order. A crash loses those whose commit no client has
     * seen, and their ids are used again. The reader reads a few changes at a time, at any moment.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName(
            "every committed change is read, in any order of commits, through crashes after which ids are used again")
    void nothingIsMissed(long seed) {
        Random random = new Random(seed);
        Log log = new Log();
        Position position = log.head().end();
        Set<Long> read = new HashSet<>();
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> log.begin();
                case 2, 3 -> log.write(random);
                case 4 -> log.commit(random);
                case 5 -> log.abort(random);
                case 6 -> position = log.read(position, 1 + random.nextInt(4), read);
                default -> {
                    if (random.nextInt(20) == 0) {
                        log.crash();
                    }
                }
            }
        }
        log.endAll(random);
        for (int i = 0; i < 400 && !read.containsAll(log.committedMarks()); i++) {
            position = log.read(position, 3, read);
        }
        assertThat(read).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(log.committedMarks());
        assertThat(log.read(position, 3, read).pending()).isEmpty();
    }

    /** Each change has a unique mark, because ids and numbers may be used twice. */
    private static final class Log {

        private record Row(Change change, long mark) {}

        private final SortedMap<Long, List<Row>> running = new TreeMap<>();
        private final List<Row> committed = new ArrayList<>();
        private long nextId = 3;
        /** The next id after a crash: behind the last one whose commit, or whose fellow's, was flushed. */
        private long durableNextId = 3;

        private long nextSeq = 1;
        private long nextMark = 1;

        void begin() {
            running.put(nextId++, new ArrayList<>());
        }

        void write(Random random) {
            if (!running.isEmpty()) {
                long txid = any(random);
                running.get(txid).add(new Row(LogHeadTest.change(txid, nextSeq++), nextMark++));
            }
        }

        void commit(Random random) {
            if (!running.isEmpty()) {
                long txid = any(random);
                committed.addAll(running.remove(txid));
                durableNextId = Math.max(durableNextId, txid + 1);
            }
        }

        void abort(Random random) {
            if (!running.isEmpty()) {
                running.remove(any(random));
            }
        }

        void crash() {
            running.clear();
            nextId = durableNextId;
        }

        void endAll(Random random) {
            while (!running.isEmpty()) {
                commit(random);
            }
        }

        LogHead head() {
            long newest =
                    committed.stream().mapToLong(row -> row.change.txid()).max().orElse(0);
            SortedSet<Long> before = new TreeSet<>(running.headMap(newest).keySet());
            return new LogHead("here", newest, newest, before);
        }

        Position read(Position from, int limit, Set<Long> read) {
            LogHead head = head();
            List<Row> unseen = committed.stream()
                    .filter(row -> isUnseen(from, row.change))
                    .sorted(Comparator.comparingLong((Row row) -> row.change.txid())
                            .thenComparingLong(row -> row.change.seq()))
                    .limit(limit)
                    .toList();
            unseen.forEach(row -> read.add(row.mark));
            return unseen.size() < limit
                    ? head.end(from)
                    : head.behind(from, unseen.stream().map(Row::change).toList());
        }

        /** As the repository asks PostgreSQL. */
        private static boolean isUnseen(Position from, Change change) {
            Long seen = from.pending().get(change.txid());
            if (seen != null) {
                return change.seq() > seen;
            }
            return change.txid() > from.txid() || (change.txid() == from.txid() && change.seq() > from.seq());
        }

        List<Long> committedMarks() {
            return committed.stream().map(Row::mark).toList();
        }

        private long any(Random random) {
            return List.copyOf(running.keySet()).get(random.nextInt(running.size()));
        }
    }

    private static LogHead head(long newest, long... running) {
        SortedSet<Long> before = new TreeSet<>();
        LongStream.of(running).forEach(before::add);
        return new LogHead("here", newest, newest, before);
    }

    private static Change change(long txid, long seq) {
        return new Change(txid, seq, txid, SOMETHING, SOMETHING, ChangeKind.SAVED);
    }
}
