package dev.tandem.index.shared;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.index.Entries;
import dev.tandem.index.Index;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A claim on a shared index that is not needed any more keeps no other replica from following. */
class ClaimsTest {

    private static final Position ELSEWHERE = new Position("log", 7, 1, Position.ALL, new TreeMap<>());

    private final MemoryEngine.Server server = new MemoryEngine.Server();
    private final MemoryCursors rows = MemoryCursors.create();
    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);

    @Test
    @DisplayName("a claim is given back even if it would have to be renewed before anything is begun under it")
    void tight() {
        Index slow = index(rows.slow());
        Index other = index(rows.another());
        assertThat(await(slow.claim())).isTrue();
        assertThat(await(other.claim())).isFalse();
        await(slow.release());
        assertThat(await(other.claim())).isTrue();
    }

    @Test
    @DisplayName("a claim under which nothing could be changed is given back")
    void lost() {
        Index one = index(rows.another());
        Index other = index(rows.another());
        await(one.claim());
        await(await(one.rebuild()).swapIn(Position.START));
        assertThat(await(one.apply(List.of(), Set.of(), ELSEWHERE, ELSEWHERE))).isFalse();
        await(one.release());
        assertThat(await(other.claim())).isTrue();
    }

    @Test
    @DisplayName("what is renewed are claims that the replica relies on")
    void renewed() {
        SharedIndexes indexes = indexes(rows.another());
        Index one = indexes.of(collection);
        await(one.claim());
        MemoryCursors afterwards = rows.afterTheClaims();
        await(indexes.renewClaims());
        assertThat(await(index(afterwards).claim()))
                .as("a claim that has ended is not renewed")
                .isTrue();
    }

    @Test
    @DisplayName(
            "an index whose cursor was put back to an earlier time stands nowhere, also for a replica that begins only then")
    void restored() {
        Index one = index(rows);
        await(one.claim());
        await(await(one.rebuild()).swapIn(Position.START));
        await(one.release());
        MemoryCursors copy = rows.copy();
        await(one.claim());
        await(one.apply(List.of(Entries.saying(UUID.randomUUID(), "word")), Set.of(), Position.START, ELSEWHERE));
        await(one.release());
        Index restored = index(copy);
        assertThat(await(restored.position())).contains(Position.START);
        await(restored.claim());
        assertThat(await(restored.position())).contains(Position.UNKNOWN);
    }

    private Index index(MemoryCursors cursors) {
        return indexes(cursors).of(collection);
    }

    private SharedIndexes indexes(MemoryCursors cursors) {
        SharedIndexes indexes = new SharedIndexes(new MemoryEngine(server), cursors);
        await(indexes.prepare());
        return indexes;
    }
}
