package dev.tandem.domain.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    /** What is left out may have been counted, or not: the number stays one that is not too great. */
    @Test
    void whatIsLeftOutDoesNotCount() {
        Candidates counted = new Candidates(
                List.of(new KeywordMatch(A, 2), new KeywordMatch(B, 1)), List.of(new VectorMatch(A, 0.5, 0)), 7L, 3);
        Candidates left = counted.without(Set.of(A));
        assertThat(left.documents()).isEqualTo(1);
        assertThat(left.matching()).isEqualTo(6);
        assertThat(left.byVector()).isEmpty();
        assertThat(counted.without(Set.of())).isEqualTo(counted);
        assertThat(counted.withSimilarityOf(0.9).matching()).isEqualTo(7);
        assertThat(new Candidates(List.of(), List.of(), 3).without(Set.of(A)).matching())
                .isNull();
    }

    @Test
    void chunksAreCountedWhereNobodyHasYet() {
        Candidates found = new Candidates(
                List.of(),
                List.of(new VectorMatch(A, 0.9, 2, 3), new VectorMatch(B, 0.5, 1), new VectorMatch(C, 0.4, 0)),
                7L,
                3);
        assertThat(found.uncounted(2)).containsExactly(B);
        assertThat(found.uncounted(0)).isEmpty();
        Candidates counted = found.counted(Map.of(B, 5));
        assertThat(counted.byVector())
                .containsExactly(
                        new VectorMatch(A, 0.9, 2, 3), new VectorMatch(B, 0.5, 1, 5), new VectorMatch(C, 0.4, 0));
        assertThat(counted.matching()).isEqualTo(7);
    }
}
