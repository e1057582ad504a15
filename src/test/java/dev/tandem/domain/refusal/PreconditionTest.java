package dev.tandem.domain.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.domain.refusal.Precondition.Named;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreconditionTest {

    private static final Precondition IF_MATCH_ANY = new Precondition(null, true, false);
    private static final Precondition IF_MATCH_3_OR_4 = new Precondition(Set.of(3L, 4L)::contains, true, false);
    private static final Precondition IF_NONE_MATCH_ANY = new Precondition(null, false, true);

    @Test
    void noBeliefFitsEverything() {
        holds(Precondition.NONE, null, false);
        holds(Precondition.NONE, 3L, false);
    }

    @Test
    void aNamedVersionMustBeTheCurrentOne() {
        holds(IF_MATCH_3_OR_4, 3L, false);
        holds(IF_MATCH_3_OR_4, 4L, false);
        isStale(IF_MATCH_3_OR_4, 5L, 5);
        isStale(IF_MATCH_3_OR_4, null, 0);
    }

    @Test
    void noVersionIsNobodys() {
        isStale(new Precondition(version -> false, true, false), 1L, 1);
    }

    @Test
    void whatMustExistMustExist() {
        holds(IF_MATCH_ANY, 7L, false);
        isStale(IF_MATCH_ANY, null, 0);
    }

    @Test
    void whatMustNotExistMustNot() {
        holds(IF_NONE_MATCH_ANY, null, false);
        isStale(IF_NONE_MATCH_ANY, 7L, 7);
    }

    @Test
    void aDemandedVersionMustBeNamedForWhatIsThere() {
        holds(IF_MATCH_3_OR_4, 3L, true);
        holds(Precondition.NONE, null, true);
        holds(IF_NONE_MATCH_ANY, null, true);
        for (Precondition unnamed : Set.of(Precondition.NONE, IF_MATCH_ANY)) {
            assertThatExceptionOfType(Refusal.Unconditional.class)
                    .isThrownBy(() -> unnamed.check(9L, true))
                    .satisfies(refusal -> assertThat(refusal.currentVersion()).isEqualTo(9));
        }
    }

    @Test
    void whyNoVersionCanBeMeantIsSaid() {
        Named elsewhere = new Named() {
            @Override
            public boolean has(long version) {
                return false;
            }

            @Override
            public String strangeness() {
                return "These are of something else.";
            }
        };
        assertThatExceptionOfType(Refusal.Stale.class)
                .isThrownBy(() -> new Precondition(elsewhere, true, false).check(4L, false))
                .withMessage("These are of something else.")
                .satisfies(refusal -> assertThat(refusal.currentVersion()).isEqualTo(4));
    }

    private static void holds(Precondition precondition, @Nullable Long current, boolean demanded) {
        assertThatCode(() -> precondition.check(current, demanded)).doesNotThrowAnyException();
    }

    private static void isStale(Precondition precondition, @Nullable Long current, long told) {
        assertThatExceptionOfType(Refusal.Stale.class)
                .isThrownBy(() -> precondition.check(current, false))
                .satisfies(refusal -> assertThat(refusal.currentVersion()).isEqualTo(told));
    }
}
