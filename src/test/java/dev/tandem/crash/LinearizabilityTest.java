package dev.tandem.crash;

import static dev.tandem.crash.Call.delete;
import static dev.tandem.crash.Call.read;
import static dev.tandem.crash.Call.refused;
import static dev.tandem.crash.Call.write;
import static dev.tandem.crash.Call.writeIf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories written by hand, good ones and bad ones. */
class LinearizabilityTest {

    private static final Register A = new Register(1, "a");
    private static final Register B = new Register(2, "b");

    @Test
    void callsInARowAreJudgedAsTheyCome() {
        assertGood(
                read(1, 2, Register.ABSENT), write(3, 4, "a", 1), read(5, 6, A), write(7, 8, "b", 2), read(9, 10, B));
        assertBad(write(1, 2, "a", 1), read(3, 4, Register.ABSENT));
        assertBad(write(1, 2, "a", 1), write(3, 4, "b", 2), read(5, 6, A));
    }

    @Test
    void aReadBesideAWriteMaySeeEither() {
        assertGood(write(1, 2, "a", 1), write(3, 9, "b", 2), read(4, 5, A), read(6, 7, B));
        assertBad(write(1, 2, "a", 1), write(3, 9, "b", 2), read(4, 5, B), read(6, 7, A));
    }

    @Test
    void twoWritesOfTheSameVersionAreALostUpdate() {
        assertBad(write(1, 2, "a", 1), write(3, 6, "b", 2), write(4, 5, "c", 2));
        assertGood(write(1, 2, "a", 1), write(3, 6, "b", 3), write(4, 5, "c", 2));
    }

    @Test
    void oneOfTwoConditionalWritesIsRefused() {
        assertGood(write(1, 2, "a", 1), writeIf(3, 6, "b", 1), refused(4, 5, "c", 1));
        assertBad(write(1, 2, "a", 1), writeIf(3, 6, "b", 1), writeIf(4, 5, "c", 1));
        assertBad(write(1, 2, "a", 1), refused(3, 4, "b", 1));
    }

    @Test
    void anUnansweredWriteMayShowLateOrNever() {
        Call unanswered = write(3, 4, "b", 2).unanswered();
        assertGood(write(1, 2, "a", 1), unanswered, read(5, 6, A), read(7, 8, A));
        assertGood(write(1, 2, "a", 1), unanswered, read(5, 6, A), read(7, 8, B));
        assertBad(write(1, 2, "a", 1), unanswered, read(5, 6, B), read(7, 8, A));
        assertBad(unanswered, read(1, 2, A));
    }

    @Test
    void anUnansweredWriteShowsNotBeforeItIsSent() {
        assertBad(write(1, 2, "a", 1), read(3, 4, B), write(5, 6, "b", 2).unanswered());
    }

    @Test
    void whatIsDeletedStaysDeleted() {
        assertGood(write(1, 2, "a", 1), delete(3, 4, true), read(5, 6, Register.ABSENT), write(7, 8, "c", 2));
        assertBad(write(1, 2, "a", 1), delete(3, 4, true), write(7, 8, "c", 1));
        assertBad(write(1, 2, "a", 1), delete(3, 4, true), writeIf(7, 8, "c", 1));
        assertBad(write(1, 2, "a", 1), delete(3, 4, true), read(5, 6, A));
        assertBad(write(1, 2, "a", 1), delete(3, 4, true), delete(5, 6, true));
        assertGood(write(1, 2, "a", 1), delete(3, 7, true), delete(4, 6, false));
    }

    @Test
    void aCounterexampleEndsWithTheFirstWrongAnswer() {
        List<Call> history =
                List.of(write(1, 2, "a", 1), read(3, 4, Register.ABSENT), write(5, 6, "b", 2), read(7, 8, B));
        assertThat(Linearizability.counterexample(history)).isEqualTo(history.subList(0, 2));
        assertThat(Linearizability.counterexample(history.subList(0, 1))).isNull();
    }

    /** Without memoisation, these are more orders than there is time for. */
    @Test
    void manyUnansweredCallsAreNoBurden() {
        List<Call> history = new ArrayList<>();
        history.add(write(1, 2, "a", 1));
        for (int i = 0; i < 12; i++) {
            history.add(writeIf(3, 4, "b", 1).unanswered());
        }
        history.add(read(100, 101, new Register(1, "a")));
        assertGood(history.toArray(Call[]::new));
        history.add(read(102, 103, new Register(3, "b")));
        assertBad(history.toArray(Call[]::new));
    }

    /** After an outage there are many writes of which nobody knows, each of another value and half of them under some condition. */
    @Test
    void manyDifferentUnansweredCallsAreNoBurden() {
        List<Call> history = new ArrayList<>();
        long version = 1;
        history.add(write(1, 2, "a", 1));
        for (int outage = 0; outage < 8; outage++) {
            long start = 100L * (outage + 1);
            for (int i = 0; i < 12; i++) {
                history.add(write(start, start + 1, "w" + outage + "-" + i, 0).unanswered());
                history.add(writeIf(start, start + 1, "c" + outage + "-" + i, version - i % 3)
                        .unanswered());
            }
            version += 3;
            history.add(read(start + 10, start + 11, new Register(version, "w" + outage + "-7")));
            version++;
            history.add(write(start + 12, start + 13, "a" + outage, version));
        }
        assertGood(history.toArray(Call[]::new));
        history.add(read(10_000, 10_001, new Register(version + 1, "nobody wrote this")));
        assertBad(history.toArray(Call[]::new));
    }

    /** Deletes as well, after which the versions go on. */
    @Test
    void manyUnansweredDeletesAreNoBurden() {
        List<Call> history = new ArrayList<>();
        long time = 1;
        for (int outage = 0; outage < 20; outage++) {
            for (int version = 20 * outage + 1; version <= 20 * outage + 20; version++) {
                history.add(write(time, time + 3, outage + "-" + version, version));
                history.add(read(time + 4, time + 5, new Register(version, outage + "-" + version)));
                time += 10;
            }
            for (int i = 0; i < 2; i++) {
                history.add(delete(time, time + 1, true).unanswered());
                history.add(write(time, time + 1, "lost" + outage + "-" + i, 0).unanswered());
                history.add(writeIf(time, time + 1, "never" + outage + "-" + i, 20 * outage + 20 - i)
                        .unanswered());
            }
            time += 10;
            history.add(read(time, time + 1, Register.ABSENT));
            time += 10;
        }
        assertGood(history.toArray(Call[]::new));
        history.add(read(time, time + 1, new Register(1, "nobody wrote this")));
        assertBad(history.toArray(Call[]::new));
    }

    private static void assertGood(Call... history) {
        assertThat(Linearizability.holds(List.of(history))).isTrue();
    }

    private static void assertBad(Call... history) {
        assertThat(Linearizability.holds(List.of(history))).isFalse();
    }
}
