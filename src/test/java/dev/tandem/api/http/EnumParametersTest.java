package dev.tandem.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.domain.document.DocumentQuery.Count;
import dev.tandem.domain.job.JobState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnumParametersTest {

    @Test
    void readsWordsInLowerCase() {
        assertThat(EnumParameters.read(JobState.class, "state", "failed", "parameter.state"))
                .isEqualTo(JobState.FAILED);
        assertThat(EnumParameters.read(JobState.class, "state", null, "parameter.state"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXACT", "Exact", "exact ", "exactly", ""})
    void refusesOtherWordsAndNamesTheRightOnes(String word) {
        String message = "count is none, estimated or exact.";
        assertThatExceptionOfType(Refusal.Malformed.class)
                .isThrownBy(() -> EnumParameters.read(Count.class, "count", word, "parameter.count"))
                .satisfies(refusal -> assertThat(refusal.violations())
                        .containsExactly(new Violation("/count", "parameter.count", message)));
    }
}
