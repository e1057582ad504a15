package dev.tandem.domain.search.passage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.search.passage.Passage.Chunks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassageChoiceTest {

    /** Chunks with gaps, that meet, and that overlap, also with the one after the next. */
    @Test
    void choosesWhatABruteForceChooses() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            List<ScoredChunk> chunks = chunks(random);
            String content = "abcdefghij".repeat(20);
            PassageQuery query = new PassageQuery(random.nextInt(1, 11), random.nextInt(6), null);
            List<Passage> passages = PassageChoice.bySimilarity(content, chunks, query);
            assertThat(passages).as("round %d", round).isEqualTo(bruteForce(content, chunks, query));
        }
    }

    /** Marks chunks, and joins runs of marks as long as any two can be joined. */
    private static List<Passage> bruteForce(String content, List<ScoredChunk> chunks, PassageQuery query) {
        List<Integer> best = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            best.add(i);
        }
        best.sort(Comparator.comparing((Integer i) -> -chunks.get(i).score()));
        List<BitSet> groups = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int i : best.subList(0, Math.min(query.perDocument(), best.size()))) {
            BitSet group = new BitSet();
            group.set(Math.max(0, i - query.around()), Math.min(chunks.size(), i + query.around() + 1));
            groups.add(group);
            scores.add(chunks.get(i).score());
        }
        for (boolean isChanged = true; isChanged; ) {
            isChanged = joined(chunks, groups, scores);
        }
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            int first = groups.get(i).nextSetBit(0);
            int last = groups.get(i).length() - 1;
            int start = chunks.get(first).start();
            int end = end(chunks, groups.get(i));
            double score = scores.get(i);
            passages.add(new Passage(new Chunks(first, last), start, end, content.substring(start, end), score, score));
        }
        passages.sort(Comparator.comparingInt(Passage::start));
        return passages;
    }

    private static boolean joined(List<ScoredChunk> chunks, List<BitSet> groups, List<Double> scores) {
        for (int a = 0; a < groups.size(); a++) {
            for (int b = 0; b < groups.size(); b++) {
                int gap = groups.get(b).nextSetBit(0) - groups.get(a).length();
                boolean isBefore = groups.get(a).nextSetBit(0) <= groups.get(b).nextSetBit(0);
                boolean isReached = chunks.get(groups.get(b).nextSetBit(0)).start() <= end(chunks, groups.get(a));
                if (a != b && isBefore && (gap <= 0 || isReached)) {
                    groups.get(a).or(groups.get(b));
                    groups.get(a).set(groups.get(a).nextSetBit(0), groups.get(a).length());
                    groups.remove(b);
                    scores.set(a, Math.max(scores.get(a), scores.get(b)));
                    scores.remove(b);
                    return true;
                }
            }
        }
        return false;
    }

    private static int end(List<ScoredChunk> chunks, BitSet group) {
        return group.stream().map(i -> chunks.get(i).end()).max().orElseThrow();
    }

    private static List<ScoredChunk> chunks(Random random) {
        List<ScoredChunk> chunks = new ArrayList<>();
        int start = random.nextInt(3);
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            int end = start + random.nextInt(1, 12);
            chunks.add(new ScoredChunk(i, start, end, random.nextInt(6) / 5.0));
            start += random.nextInt(1, 9);
        }
        return chunks;
    }

    @Test
    void wordsChooseOnlyChunksThatHaveSome() {
        List<ScoredChunk> chunks =
                List.of(new ScoredChunk(0, 0, 2, 0), new ScoredChunk(1, 3, 5, 2), new ScoredChunk(2, 6, 8, 0));
        PassageQuery three = new PassageQuery(3, 0, null);
        assertThat(PassageChoice.byWords("aa bb cc", chunks, three))
                .containsExactly(new Passage(new Chunks(1, 1), 3, 5, "bb", 2, null));
        List<ScoredChunk> none = List.of(new ScoredChunk(0, 0, 2, 0), new ScoredChunk(1, 3, 5, 0));
        assertThat(PassageChoice.byWords("aa bb", none, three))
                .containsExactly(new Passage(new Chunks(0, 0), 0, 2, "aa", 0, null));
    }

    @Test
    void chunksBeyondTheContentAndBlankOnesAreNoPassages() {
        List<ScoredChunk> chunks = List.of(new ScoredChunk(0, 0, 2, 1), new ScoredChunk(1, 4, 9, 2));
        assertThat(PassageChoice.bySimilarity("  ", chunks, new PassageQuery(2, 0, null)))
                .isEmpty();
        assertThat(PassageChoice.bySimilarity("ab", List.of(), new PassageQuery(2, 0, null)))
                .isEmpty();
    }

    @Test
    void aBeginningEndsAtASpaceAndSplitsNoPair() {
        assertThat(PassageChoice.beginning(" \n")).isEmpty();
        assertThat(PassageChoice.beginning("short")).containsExactly(new Passage(null, 0, 5, "short", 0, null));
        assertThat(PassageChoice.beginning("word ".repeat(1_000)).getFirst().text())
                .hasSize(1_999)
                .endsWith("word");
        assertThat(PassageChoice.beginning("x" + "\uD83C\uDF75".repeat(2_000))
                        .getFirst()
                        .end())
                .isEqualTo(1_999);
    }
}
