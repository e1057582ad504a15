package dev.tandem.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.Logged;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private static final String NAME = "failures-" + System.nanoTime();
    private static final Refusal AWAY =
            new Refusal.Unavailable("database.unavailable", "It is away.", Duration.ofSeconds(1));

    private final AtomicLong now = new AtomicLong();
    private final FailureLog failures = new FailureLog(Logger.getLogger(NAME), "Counting", now::get);

    @Test
    void anEventIsALine() {
        try (Logged logged = new Logged(Level.INFO)) {
            for (int i = 0; i < 1_000; i++) {
                failures.failed(AWAY);
                now.addAndGet(Duration.ofMillis(50).toNanos());
            }
            failures.worked();
            failures.worked();
            assertThat(logged.lines())
                    .filteredOn(line -> line.startsWith(NAME))
                    .containsExactly(
                            NAME + ": Counting failed and is tried again: It is away. null",
                            NAME + ": Counting works again, after 1000 failures. null");
        }
    }

    @Test
    void whatGoesOnIsSaidEverMoreRarely() {
        try (Logged logged = new Logged()) {
            for (int minute = 0; minute < 8 * 60; minute++) {
                failures.failed(AWAY);
                now.addAndGet(Duration.ofMinutes(1).toNanos());
            }
            assertThat(logged.lines())
                    .filteredOn(line -> line.startsWith(NAME))
                    .hasSizeBetween(8, 16)
                    .element(1)
                    .asString()
                    .contains("still fails, now 2 times in a row: It is away.");
        }
    }

    @Test
    void whatComesAndGoesIsSaidOnceAMinute() {
        try (Logged logged = new Logged(Level.INFO)) {
            for (int second = 0; second < 120; second++) {
                failures.failed(AWAY);
                failures.worked();
                now.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            assertThat(logged.lines()).filteredOn(line -> line.startsWith(NAME)).hasSize(4);
        }
    }

    @Test
    void onlyWhatNobodyForesawHasAStackTrace() {
        try (Logged logged = new Logged()) {
            failures.failed(new IllegalStateException("bug"));
            assertThat(logged.lines())
                    .filteredOn(line -> line.startsWith(NAME))
                    .singleElement()
                    .asString()
                    .endsWith("java.lang.IllegalStateException: bug");
        }
    }
}
