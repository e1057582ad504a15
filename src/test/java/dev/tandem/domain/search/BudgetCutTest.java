package dev.tandem.domain.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.search.passage.Budget;
import dev.tandem.domain.search.passage.Budget.Counter;
import dev.tandem.domain.search.passage.Passage;
import dev.tandem.testing.DocumentSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A character is a token here. */
class BudgetCutTest {

    private final Random random = new Random(11);
    private final DocumentSamples documents = new DocumentSamples(random);

    /** Lays all pieces in a row, in the order in which they are served, and takes the longest beginning that fits. */
    @Test
    void takesTheLongestBeginningThatFits() {
        for (int round = 0; round < 1_000; round++) {
            boolean isTitled = random.nextBoolean();
            int tokens = random.nextInt(1, 200);
            List<SearchHit> hits = hits();
            BudgetCut cut = new BudgetCut(tokens, isTitled, Counter.ESTIMATE, String::length);
            hits.forEach(cut::add);
            List<SearchHit> expected = new ArrayList<>();
            long used = 0;
            boolean isOver = false;
            int passages = 0;
            for (SearchHit hit : hits) {
                String title = hit.document().title();
                long spent = used + (isTitled && title != null ? title.length() : 0);
                isOver |= spent > tokens;
                List<Passage> kept = new ArrayList<>();
                for (Passage passage : bestFirst(hit)) {
                    isOver |= spent + passage.text().length() > tokens;
                    if (!isOver) {
                        spent += passage.text().length();
                        kept.add(passage);
                    }
                }
                if (!isOver || !kept.isEmpty()) {
                    used = spent;
                    passages += kept.size();
                    kept.sort(Comparator.comparingInt(Passage::start));
                    expected.add(hit.with(kept));
                }
            }
            int all = hits.stream().mapToInt(hit -> hit.passages().size()).sum();
            assertThat(cut.hits()).as("round %d", round).isEqualTo(expected);
            assertThat(used).isLessThanOrEqualTo(tokens);
            assertThat(cut.spent())
                    .isEqualTo(
                            new Budget(tokens, used, Counter.ESTIMATE, all - passages, hits.size() - expected.size()));
        }
    }

    private static List<Passage> bestFirst(SearchHit hit) {
        return hit.passages().stream()
                .sorted(Comparator.comparing(passage -> -passage.score()))
                .toList();
    }

    private List<SearchHit> hits() {
        List<SearchHit> hits = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Document document = documents.next(UUID.randomUUID());
            Ranking ranking = Fusion.byWords(new Candidates(List.of(new KeywordMatch(document.id(), i)), List.of(), 1))
                    .getFirst();
            hits.add(new SearchHit(ranking, document, null, Map.of(), passages(), StoredVectors.NONE));
        }
        return hits;
    }

    private List<Passage> passages() {
        List<Passage> passages = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int start = 1_000 - 100 * i;
            String text = "x".repeat(random.nextInt(1, 60));
            passages.add(new Passage(null, start, start + text.length(), text, random.nextInt(4), null));
        }
        return passages;
    }
}
