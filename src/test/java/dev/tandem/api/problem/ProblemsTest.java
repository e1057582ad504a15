package dev.tandem.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.refusal.SchemaMismatch;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static final SchemaMismatch MISMATCH =
            new SchemaMismatch("column d1_0.language does not exist", new IllegalStateException());

    @Test
    void aDeveloperIsToldTheNextStep() {
        assertThat(Problems.advice(MISMATCH, true, "4711"))
                .contains("column d1_0.language does not exist")
                .contains("./db revision --autogenerate");
    }

    @Test
    void aCallerIsNotToldOfTables() {
        assertThat(Problems.advice(MISMATCH, false, "4711"))
                .contains("4711")
                .doesNotContain("language")
                .doesNotContain("./db");
    }
}
