package dev.tandem.factory.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "plain", "tab\tand\nline\u0001", "😀", "a😀b🐘", "\ufffd\uffff"})
    void takesWhatCanBeKept(String text) {
        assertThat(judged(text, 100)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'a\u0000', text.nul",
        "'\u0000', text.nul",
        "'\ud800', text.surrogate",
        "'\udc00', text.surrogate",
        "'\ud83d\ud83d\ude00', text.surrogate",
        "'\ude00\ud83d', text.surrogate",
        "'a\ud83d', text.surrogate",
    })
    void refusesWhatCannot(String text, String code) {
        assertThat(judged(text, 100)).extracting(Violation::code).containsExactly(code);
        assertThat(judged(text, 100)).extracting(Violation::pointer).containsExactly("/title");
    }

    @Test
    void countsUtf16Units() {
        assertThat(judged("😀😀", 4)).isEmpty();
        assertThat(judged("😀😀", 3)).extracting(Violation::code).containsExactly("text.too_long");
    }

    private static List<Violation> judged(String text, int longest) {
        Violations violations = new Violations();
        TextRules.check(text, longest, "/title", violations);
        return violations.isEmpty()
                ? List.of()
                : Assertions.catchThrowableOfType(Refusal.Rejected.class, violations::rejectIfAny)
                        .violations();
    }
}
