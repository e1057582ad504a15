package dev.tandem.service.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VisibilityTest {

    private static final IndexPart COLLECTION = new IndexPart(new UUID(0, 1), "lucene");
    private static final IndexPart ANOTHER = new IndexPart(new UUID(0, 1), "pgvector");
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Visibility visibility = new Visibility();

    @Test
    @DisplayName("a sequence that is already visible is answered at once")
    void already() {
        visibility.reached(COLLECTION, at(7));
        waiting(7, LONG).assertItem(true);
    }

    @Test
    @DisplayName("a waiter is answered as soon as the index has reached its sequence, and no other waiter is")
    void later() {
        var first = waiting(7, LONG);
        var second = waiting(8, LONG);
        visibility.reached(ANOTHER, at(9));
        first.assertNotTerminated();
        visibility.reached(COLLECTION, at(7));
        first.assertItem(true);
        second.assertNotTerminated();
        assertThat(visibility.awaited()).containsExactly(COLLECTION);
        visibility.reached(COLLECTION, at(12));
        second.assertItem(true);
        assertThat(visibility.awaited()).isEmpty();
    }

    @Test
    @DisplayName("when the time has passed, the answer is no, and the waiter is removed")
    void inVain() {
        waiting(7, Duration.ofMillis(20)).awaitItem().assertItem(false);
        assertThat(visibility.awaited()).isEmpty();
    }

    @Test
    @DisplayName("a caller that does not wait is answered at once")
    void noTime() {
        waiting(7, Duration.ZERO).assertItem(false);
        visibility.reached(COLLECTION, at(7));
        waiting(7, Duration.ZERO).assertItem(true);
    }

    @Test
    @DisplayName("the numbers of another log say nothing")
    void anotherLog() {
        visibility.reached(COLLECTION, at(9));
        visibility.forget(COLLECTION);
        var waiting = waiting(7, LONG);
        waiting.assertNotTerminated();
        visibility.reached(COLLECTION, at(8));
        waiting.assertItem(true);
    }

    private UniAssertSubscriber<Boolean> waiting(long sequence, Duration atMost) {
        return visibility.await(COLLECTION, sequence, atMost).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static Position at(long txid) {
        return new Position("here", txid, 0, Position.ALL, new TreeMap<>());
    }
}
