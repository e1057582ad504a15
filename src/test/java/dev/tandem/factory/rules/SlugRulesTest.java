package dev.tandem.factory.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "a-b_c", "0a"})
    void takesWhatAddressesKeepAsItIs(String name) {
        assertThat(judged(name).isEmpty()).isTrue();
    }

    @Test
    void takesSixtyFourCharacters() {
        assertThat(judged("a".repeat(64)).isEmpty()).isTrue();
        assertThat(judged("a".repeat(65)).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "A", "ä", "a b", "-a", "a-", "_a", "a/b", "a.b", "a%20"})
    void refusesEverythingElseInTheNameOfTheThing(@Nullable String name) {
        Violations violations = judged(name);
        Assertions.assertThatThrownBy(violations::rejectIfAny)
                .isInstanceOfSatisfying(
                        dev.tandem.domain.refusal.Refusal.Rejected.class, refusal -> assertThat(refusal.violations())
                                .extracting(Violation::pointer, Violation::code)
                                .containsExactly(Assertions.tuple("/name", "source.name")));
    }

    @Test
    void givesTheNameBack() {
        assertThat(SlugRules.check("tea", "/name", "source.name", new Violations()))
                .isEqualTo("tea");
        assertThat(SlugRules.check(null, "/name", "source.name", new Violations()))
                .isEmpty();
    }

    private static Violations judged(@Nullable String name) {
        Violations violations = new Violations();
        SlugRules.check(name, "/name", "source.name", violations);
        return violations;
    }
}
