package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.service.index.IndexPart;
import dev.tandem.service.index.IndexProgress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatchUpsTest {

    private static final Set<IndexPart> PART = Set.of(new IndexPart(UUID.randomUUID(), "lucene"));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Simulates a full disk while many clients write. */
    @Test
    void oneThatFailsIsTriedOnceAPauseHoweverOftenItIsCalledBehind() {
        AtomicInteger attempts = new AtomicInteger();
        CatchUps catchUps = new CatchUps(
                vertx,
                id -> {
                    attempts.incrementAndGet();
                    return Uni.createFrom().failure(new IllegalStateException("the disk is full"));
                },
                new IndexProgress(),
                () -> {});
        for (int i = 0; i < 1_000; i++) {
            catchUps.add(PART);
            catchUps.begin();
        }
        assertThat(attempts).hasValueLessThanOrEqualTo(3);
        int before = attempts.get();
        await().atMost(PATIENCE).until(() -> catchUps.begin() || attempts.get() > before);
    }
}
