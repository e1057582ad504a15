package dev.tandem.database.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShareTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void noMoreAtOnceThanItHasAndInTheirOrder() {
        Share share = new Share(vertx, 2, 10, LONG);
        for (String work : List.of("a", "b", "c", "d")) {
            ask(share, work);
        }
        assertThat(seen).containsExactly("a", "b");
        share.giveBack();
        assertThat(seen).containsExactly("a", "b", "c");
        share.giveBack();
        share.giveBack();
        share.giveBack();
        ask(share, "e");
        ask(share, "f");
        ask(share, "g");
        assertThat(seen).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void moreThanMayWaitIsRefusedAtOnce() {
        Share share = new Share(vertx, 1, 1, LONG);
        for (String work : List.of("a", "b", "c")) {
            ask(share, work);
        }
        assertThat(seen).containsExactly("a", "c busy.database");
        share.giveBack();
        assertThat(seen).containsExactly("a", "c busy.database", "b");
    }

    @Test
    void whatHasWaitedForTooLongIsRefusedAndTakesNoTurn() {
        Share share = new Share(vertx, 1, 10, Duration.ofMillis(20));
        ask(share, "a");
        ask(share, "b");
        await().until(() -> seen.contains("b busy.database"));
        share.giveBack();
        ask(share, "c");
        assertThat(seen).containsExactly("a", "b busy.database", "c");
    }

    @Test
    void whatLeavesTakesNoTurn() {
        Share share = new Share(vertx, 1, 1, LONG);
        Share.Ticket first = ask(share, "a");
        Share.Ticket waiting = ask(share, "b");
        assertThat(waiting.leave()).isTrue();
        assertThat(waiting.leave()).isFalse();
        assertThat(first.leave()).isFalse();
        ask(share, "c");
        share.giveBack();
        assertThat(seen).containsExactly("a", "c");
    }

    private Share.Ticket ask(Share share, String work) {
        return share.ask(() -> seen.add(work), refusal -> seen.add(work + " " + refusal.code()));
    }
}
