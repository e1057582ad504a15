package dev.tandem.domain.search.several;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.VectorMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the indexes of several collections found, ranked as if it were one collection: matches of all of them are compared by their scores, so a
 * collection that has nothing good adds nothing. Scores of BM25 are compared although each index has statistics of its own. Similarities are
 * compared within a space as they are; those of different spaces by how far they stand out among their own.
 *
 * @param width how many of the best matches of each kind are ranked: as many as of one collection
 */
public record MergedCandidates(List<Part> parts, int width) {

    /**
     * What one index found.
     *
     * @param mode which searches it was found by
     * @param space what makes its similarities comparable with those of other parts; null if there are none
     * @param candidates of documents that no other part has
     */
    public record Part(SearchMode mode, @Nullable EmbeddingSettings space, Candidates candidates) {}

    public MergedCandidates {
        parts = List.copyOf(parts);
    }

    /** Every write of the transactions up to this one was visible in all parts. */
    public long sequence() {
        return parts.stream()
                .mapToLong(part -> part.candidates().sequence())
                .min()
                .orElse(0);
    }

    /** Whether a list reached its width, so that candidates may be missing from it. */
    public boolean isFull() {
        return amount(Candidates::byWords) >= width || amount(Candidates::byVector) >= width;
    }

    private int amount(Function<Candidates, List<?>> list) {
        return parts.stream()
                .mapToInt(part -> list.apply(part.candidates()).size())
                .sum();
    }

    /**
     * The documents, best first. The fusion is needed if there are two lists.
     *
     * @param depth how many places of a list count, at most the width
     */
    public List<Ranking> rank(Fusion fusion, int depth) {
        List<List<VectorMatch>> spaces = spaces();
        if (spaces.size() <= 1) {
            return ranked(fusion, depth, spaces.isEmpty() ? List.of() : spaces.getFirst());
        }
        List<Aligned> aligned =
                best(spaces.stream().flatMap(space -> Aligned.of(space, depth).stream()), Aligned::score);
        Map<UUID, VectorMatch> found =
                aligned.stream().collect(toMap(one -> one.match().documentId(), Aligned::match));
        return ranked(fusion, depth, aligned.stream().map(Aligned::scored).toList()).stream()
                .map(ranking -> restored(ranking, found.get(ranking.documentId())))
                .toList();
    }

    private List<Ranking> ranked(Fusion fusion, int depth, List<VectorMatch> vectors) {
        List<KeywordMatch> words =
                best(parts.stream().flatMap(part -> part.candidates().byWords().stream()), KeywordMatch::score);
        Candidates merged = new Candidates(words, vectors, sequence());
        if (areAll(SearchMode.KEYWORD)) {
            return Fusion.byWords(merged);
        }
        return areAll(SearchMode.VECTOR) ? Fusion.byVector(merged) : fusion.fuse(merged, depth);
    }

    private boolean areAll(SearchMode mode) {
        return parts.stream().allMatch(part -> part.mode() == mode);
    }

    /** The best of each space that has any. */
    private List<List<VectorMatch>> spaces() {
        Map<EmbeddingSettings, List<VectorMatch>> spaces = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part.space() != null && !part.candidates().byVector().isEmpty()) {
                spaces.computeIfAbsent(part.space(), space -> new ArrayList<>())
                        .addAll(part.candidates().byVector());
            }
        }
        return spaces.values().stream()
                .map(matches -> best(matches.stream(), VectorMatch::similarity))
                .toList();
    }

    /** Equal scores keep the order of the parts. */
    private <T> List<T> best(Stream<T> matches, ToDoubleFunction<T> score) {
        return matches.sorted(Comparator.comparingDouble(score).reversed())
                .limit(width)
                .toList();
    }

    /** The ranking with the similarity that its own collection gave. */
    private static Ranking restored(Ranking ranking, @Nullable VectorMatch found) {
        return new Ranking(
                ranking.documentId(),
                ranking.score(),
                ranking.keyword(),
                ranking.keywordPlace(),
                found,
                ranking.vectorPlace());
    }
}
