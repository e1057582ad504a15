package dev.tandem.factory.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.TimeToLive;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.document.ExpiryDraft.Kept;
import dev.tandem.factory.document.ExpiryDraft.Restored;
import dev.tandem.factory.document.ExpiryDraft.Said;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant BEFORE = NOW.minusNanos(1_000);
    private static final Instant AFTER = NOW.plusNanos(1_000);
    private static final TimeToLive DAY = TimeToLive.parse("P1D");

    private final Violations violations = new Violations();

    @Test
    void theCollectionDecidesWhatIsNotSaid() {
        assertThat(judged(ExpiryDraft.UNSAID, DAY)).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(judged(ExpiryDraft.UNSAID, null)).isNull();
        assertThat(judged(new Said(null), DAY)).isNull();
    }

    @Test
    void whatIsSaidLiesAhead() {
        assertThat(judged(new Said(AFTER.toString()), null)).isEqualTo(AFTER);
        assertThat(violations.isEmpty()).isTrue();
        judged(new Said(NOW.toString()), null);
        assertThat(violations.size()).isEqualTo(1);
    }

    /** Replicas' clocks differ, and PostgreSQL's decides: a patch of a document that was there never gives it more time. */
    @Test
    void whatIsKeptIsNotJudged() {
        assertThat(judged(new Kept(BEFORE), DAY)).isEqualTo(BEFORE);
        assertThat(judged(new Kept(null), DAY)).isNull();
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void whatIsRestoredDoesNotExpireAtOnce() {
        assertThat(judged(new Restored(AFTER), DAY)).isEqualTo(AFTER);
        assertThat(judged(new Restored(NOW), DAY)).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(judged(new Restored(BEFORE), null)).isNull();
        assertThat(judged(new Restored(null), DAY)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"P30D, P30D", "PT720H, P30D", "PT90M, PT1H30M", "P1DT1H, PT25H", "pt1s, PT1S", "PT1.5S, PT1.5S"})
    void aTimeToLiveIsWrittenInDaysIfItIsDays(String said, String written) {
        assertThat(TimeToLive.parse(said)).hasToString(written);
        assertThat(TimeToLive.parse(written)).isEqualTo(TimeToLive.parse(said));
    }

    @Test
    void aTimeToLiveEndsAsPreciselyAsPostgresStoresIt() {
        assertThat(TimeToLive.parse("PT1.000000999S").from(NOW)).isEqualTo(NOW.plusSeconds(1));
    }

    private @Nullable Instant judged(ExpiryDraft draft, @Nullable TimeToLive usual) {
        return ExpiryRules.check(draft, usual, NOW, "/expiresAt", violations);
    }
}
