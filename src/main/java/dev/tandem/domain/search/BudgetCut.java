package dev.tandem.domain.search;

import dev.tandem.domain.search.passage.Budget;
import dev.tandem.domain.search.passage.Budget.Counter;
import dev.tandem.domain.search.passage.Passage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Spends a budget on hits: those that come first are served first, and of one hit its best passages, until the next one does not fit. Nothing
 * comes after that, so no worse passage stands in for a better one.
 */
public final class BudgetCut {

    private static final Comparator<Passage> BEST_FIRST =
            Comparator.comparingDouble(Passage::score).reversed();

    private final int tokens;
    private final boolean isTitled;
    private final Counter counter;
    private final ToIntFunction<String> count;

    private final List<SearchHit> hits = new ArrayList<>();
    private long used;
    private int cutPassages;
    private int cutDocuments;
    private boolean isOver;

    /**
     * @param isTitled whether the answer has the titles of the hits, which then count
     * @param count the tokens of a text
     */
    public BudgetCut(int tokens, boolean isTitled, Counter counter, ToIntFunction<String> count) {
        this.tokens = tokens;
        this.isTitled = isTitled;
        this.counter = counter;
        this.count = count;
    }

    /** Adds the next hit, or as much of it as fits. */
    public void add(SearchHit hit) {
        String title = hit.document().title();
        long before = used;
        if (!isOver && isTitled && title != null) {
            take(title);
        }
        List<Passage> taken = new ArrayList<>();
        for (Passage passage : hit.passages().stream().sorted(BEST_FIRST).toList()) {
            if (!isOver && take(passage.text())) {
                taken.add(passage);
            }
        }
        cutPassages += hit.passages().size() - taken.size();
        if (isOver && taken.isEmpty()) {
            used = before;
            cutDocuments++;
        } else {
            hits.add(hit.with(taken.stream()
                    .sorted(Comparator.comparingInt(Passage::start))
                    .toList()));
        }
    }

    private boolean take(String text) {
        int more = count.applyAsInt(text);
        isOver = used + more > tokens;
        used += isOver ? 0 : more;
        return !isOver;
    }

    /** The hits that are left. */
    public List<SearchHit> hits() {
        return hits;
    }

    public Budget spent() {
        return new Budget(tokens, used, counter, cutPassages, cutDocuments);
    }
}
