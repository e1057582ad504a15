package dev.tandem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortionsTest {

    private final AtomicInteger portions = new AtomicInteger();

    @Test
    void endsWithTheLast() {
        Portions.each(() -> Uni.createFrom().item(portions.incrementAndGet() < 7))
                .await()
                .indefinitely();

        assertThat(portions).hasValue(7);
    }

    @Test
    void leavesTheRestForTheNextTime() {
        Portions.each(() -> Uni.createFrom().item(portions.incrementAndGet() > 0))
                .await()
                .indefinitely();

        assertThat(portions).hasValue(Portions.MOST);
    }

    @Test
    void stopsAtAFailure() {
        Uni<Void> failing = Portions.each(() -> portions.incrementAndGet() == 3
                ? Uni.createFrom().failure(new IllegalStateException("the third"))
                : Uni.createFrom().item(true));

        assertThatThrownBy(() -> failing.await().indefinitely()).hasMessage("the third");
        assertThat(portions).hasValue(3);
    }
}
