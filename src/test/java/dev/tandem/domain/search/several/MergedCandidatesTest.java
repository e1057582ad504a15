package dev.tandem.domain.search.several;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.domain.search.several.MergedCandidates.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;

/** What several indexes found is ranked as if one had found it. */
class MergedCandidatesTest {

    private static final EmbeddingSettings SPACE = new EmbeddingSettings("a model", 3, Metric.COSINE);
    private static final EmbeddingSettings OTHER = new EmbeddingSettings("another", 3, Metric.COSINE);
    private static final Fusion RELATIVE = new Fusion.Relative(0.5, 0.5);
    private static final List<Fusion> FUSIONS = List.of(
            new Fusion.Standard(0.5, 0.5),
            RELATIVE,
            new Fusion.Relative(0.9, 0.1),
            new Fusion.ReciprocalRank(0.5, 0.5, 60));

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);
    private static final UUID D = new UUID(0, 4);
    private static final UUID E = new UUID(0, 5);
    private static final UUID F = new UUID(0, 6);
    private static final UUID G = new UUID(0, 7);

    @Test
    void isAsOfOneCollectionHoweverItIsDivided() {
        Random random = new Random(20);
        for (int i = 0; i < 300; i++) {
            SearchMode mode = SearchMode.values()[i % 3];
            Candidates whole = whole(random, mode);
            int width = random.nextInt(1, 40);
            int depth = random.nextInt(1, width + 1);
            List<Part> parts = divided(random, whole, mode, random.nextInt(1, 6));
            for (Fusion fusion : FUSIONS) {
                List<Ranking> expected =
                        switch (mode) {
                            case KEYWORD -> Fusion.byWords(first(whole, width));
                            case VECTOR -> Fusion.byVector(first(whole, width));
                            case HYBRID -> fusion.fuse(first(whole, width), depth);
                        };
                assertThat(new MergedCandidates(parts, width).rank(fusion, depth))
                        .as("division %d, %s, %s", i, mode, fusion)
                        .isEqualTo(expected);
            }
            boolean isFull = whole.byWords().size() >= width || whole.byVector().size() >= width;
            assertThat(new MergedCandidates(parts, width).isFull()).isEqualTo(isFull);
        }
    }

    /** A cosine of one model says nothing about that of another; how far it stands out among its own does. */
    @Test
    void similaritiesOfSeveralSpacesAreComparedByWhatStandsOut() {
        Part near = new Part(
                SearchMode.VECTOR,
                SPACE,
                byVector(new VectorMatch(A, 0.9, 3), new VectorMatch(B, 0.88, 0), new VectorMatch(E, 0.86, 0)));
        Part far = new Part(
                SearchMode.VECTOR,
                OTHER,
                byVector(
                        new VectorMatch(C, 0.4, 0),
                        new VectorMatch(D, 0.1, 0),
                        new VectorMatch(F, 0.1, 0),
                        new VectorMatch(G, 0.1, 0)));
        List<Ranking> ranked = new MergedCandidates(List.of(near, far), 10).rank(RELATIVE, 10);
        assertThat(ranked).extracting(Ranking::documentId).containsExactly(C, A, B, D, F, G, E);
        assertThat(ranked.get(0).score()).isCloseTo(Math.sqrt(3), within(1e-9));
        assertThat(ranked.get(1).score()).isCloseTo(Math.sqrt(1.5), within(1e-9));
        assertThat(ranked)
                .extracting(Ranking::vector)
                .startsWith(new VectorMatch(C, 0.4, 0), new VectorMatch(A, 0.9, 3));
        assertThat(ranked).extracting(ranking -> ranking.vectorPlace().rank()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        Part alike = new Part(SearchMode.VECTOR, SPACE, far.candidates());
        assertThat(new MergedCandidates(List.of(alike, near), 10).rank(RELATIVE, 10))
                .extracting(Ranking::documentId)
                .containsExactly(A, B, E, C, D, F, G);
    }

    /** It stands out from nothing, so it is as good as the mean of the others. */
    @Test
    void theOnlyMatchOfASpaceIsInTheMiddle() {
        Part only = new Part(SearchMode.VECTOR, OTHER, byVector(new VectorMatch(C, 0.99, 0)));
        Part some = new Part(
                SearchMode.VECTOR,
                SPACE,
                byVector(new VectorMatch(A, 0.3, 0), new VectorMatch(B, 0.2, 0), new VectorMatch(D, 0.01, 0)));
        Part none = new Part(SearchMode.VECTOR, new EmbeddingSettings("empty", 3, Metric.COSINE), byVector());
        for (Fusion fusion : FUSIONS) {
            assertThat(new MergedCandidates(List.of(only, none, some), 10).rank(fusion, 10))
                    .extracting(Ranking::documentId)
                    .containsExactly(A, B, C, D);
        }
    }

    @Test
    void wordsAreComparedEvenIfSpacesAreNot() {
        Part one = new Part(
                SearchMode.HYBRID,
                SPACE,
                new Candidates(List.of(new KeywordMatch(A, 2)), List.of(new VectorMatch(B, 0.5, 0)), 3));
        Part other = new Part(
                SearchMode.HYBRID,
                OTHER,
                new Candidates(List.of(new KeywordMatch(C, 10)), List.of(new VectorMatch(C, 0.1, 0)), 5));
        Part words = new Part(SearchMode.KEYWORD, null, new Candidates(List.of(new KeywordMatch(D, 6)), List.of(), 4));
        MergedCandidates merged = new MergedCandidates(List.of(one, other, words), 10);
        List<Ranking> ranked = merged.rank(RELATIVE, 10);
        assertThat(ranked).extracting(Ranking::documentId).containsExactly(C, B, D, A);
        assertThat(ranked)
                .extracting(Ranking::score)
                .usingComparatorForType(new DoubleComparator(1e-9), Double.class)
                .containsExactly(1.0, 0.5, 0.25, 0.0);
        assertThat(merged.sequence()).isEqualTo(3);
    }

    @Test
    void equalScoresKeepTheOrderOfTheParts() {
        Part first = new Part(SearchMode.KEYWORD, null, new Candidates(List.of(new KeywordMatch(D, 1)), List.of(), 0));
        Part second = new Part(SearchMode.KEYWORD, null, new Candidates(List.of(new KeywordMatch(A, 1)), List.of(), 0));
        assertThat(new MergedCandidates(List.of(first, second), 10).rank(RELATIVE, 10))
                .extracting(Ranking::documentId)
                .containsExactly(D, A);
    }

    private static Candidates byVector(VectorMatch... matches) {
        return new Candidates(List.of(), List.of(matches), 0);
    }

    private static Candidates whole(Random random, SearchMode mode) {
        List<KeywordMatch> words = new ArrayList<>();
        List<VectorMatch> vectors = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            UUID document = new UUID(random.nextLong(), random.nextLong());
            if (mode.usesWords() && random.nextInt(3) > 0) {
                words.add(new KeywordMatch(document, random.nextDouble(30)));
            }
            if (mode.usesVectors() && random.nextInt(3) > 0) {
                vectors.add(new VectorMatch(document, random.nextDouble(-1, 1), i));
            }
        }
        words.sort(Comparator.comparing(KeywordMatch::score).reversed());
        vectors.sort(Comparator.comparing(VectorMatch::similarity).reversed());
        return new Candidates(words, vectors, 7);
    }

    private static List<Part> divided(Random random, Candidates whole, SearchMode mode, int amount) {
        int salt = random.nextInt();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < amount; i++) {
            int part = i;
            Candidates own = new Candidates(
                    whole.byWords().stream()
                            .filter(match -> part(match.documentId(), salt, amount) == part)
                            .toList(),
                    whole.byVector().stream()
                            .filter(match -> part(match.documentId(), salt, amount) == part)
                            .toList(),
                    7);
            parts.add(new Part(mode, mode.usesVectors() ? SPACE : null, own));
        }
        return parts;
    }

    private static int part(UUID document, int salt, int amount) {
        return Math.floorMod(document.hashCode() ^ salt, amount);
    }

    private static Candidates first(Candidates whole, int width) {
        return new Candidates(
                whole.byWords().stream().limit(width).toList(),
                whole.byVector().stream().limit(width).toList(),
                whole.sequence());
    }
}
