package dev.tandem.domain.search.passage;

import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.search.passage.Passage.Chunks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the passages of a document. */
public final class PassageChoice {

    /** How much of a document without chunks is its passage, in UTF-16 units. */
    public static final int BEGINNING = 2_000;

    /** Of equals, the earlier one. */
    private static final Comparator<ScoredChunk> BEST_FIRST =
            Comparator.comparingDouble(ScoredChunk::score).reversed().thenComparingInt(ScoredChunk::ordinal);

    private PassageChoice() {}

    /** A run of chunks, as places in their list, exclusive of {@code to}. */
    private record Run(int from, int to, int start, int end, double score) {

        /** Both, with the chunks that lie between them. */
        private Run joined(Run next, List<ScoredChunk> chunks) {
            return of(chunks, from, Math.max(to, next.to), Math.max(score, next.score));
        }

        private static Run of(List<ScoredChunk> chunks, int from, int to, double score) {
            List<ScoredChunk> all = chunks.subList(from, to);
            return new Run(
                    from,
                    to,
                    all.stream().mapToInt(ScoredChunk::start).min().orElse(0),
                    all.stream().mapToInt(ScoredChunk::end).max().orElse(0),
                    score);
        }

        /** Whether nothing lies between them, neither a chunk nor a character. */
        private boolean touches(Run next) {
            return next.from <= to || next.start <= end;
        }
    }

    /**
     * The best chunks with their neighbours, merged where they touch or overlap, in the order of the text. A passage without text is left
     * out.
     *
     * @param chunks all of the document's, in their order
     */
    public static List<Passage> bySimilarity(String content, List<ScoredChunk> chunks, PassageQuery query) {
        return passages(content, chunks, chunks, query, true);
    }

    /** The same where the words of a query decide: chunks with none of them are not chosen, but the first one if all are so. */
    public static List<Passage> byWords(String content, List<ScoredChunk> chunks, PassageQuery query) {
        List<ScoredChunk> matching =
                chunks.stream().filter(chunk -> chunk.score() > 0).toList();
        List<ScoredChunk> first = chunks.subList(0, Math.min(1, chunks.size()));
        return passages(content, chunks, matching.isEmpty() ? first : matching, query, false);
    }

    /** The beginning of the content, up to a space if there is one near the end; none of a blank one. */
    public static List<Passage> beginning(String content) {
        if (content.isBlank()) {
            return List.of();
        }
        String text = Excerpt.of(content, BEGINNING);
        int space = text.lastIndexOf(' ');
        boolean isCutBetweenWords = text.length() < content.length() && space > BEGINNING / 2;
        int end = isCutBetweenWords ? space : text.length();
        return List.of(new Passage(null, 0, end, text.substring(0, end), 0, null));
    }

    private static List<Passage> passages(
            String content,
            List<ScoredChunk> chunks,
            List<ScoredChunk> eligible,
            PassageQuery query,
            boolean isSimilar) {
        List<Run> runs = new ArrayList<>();
        eligible.stream()
                .sorted(BEST_FIRST)
                .limit(query.perDocument())
                .sorted(Comparator.comparingInt(ScoredChunk::ordinal))
                .map(chunk -> run(chunks, chunk, query.around()))
                .forEach(run -> {
                    if (!runs.isEmpty() && runs.getLast().touches(run)) {
                        runs.add(runs.removeLast().joined(run, chunks));
                    } else {
                        runs.add(run);
                    }
                });
        return runs.stream()
                .map(run -> passage(content, chunks, run, isSimilar))
                .filter(passage -> !passage.text().isBlank())
                .toList();
    }

    private static Run run(List<ScoredChunk> chunks, ScoredChunk chunk, int around) {
        // The ordinals of a document count from 0 without gaps.
        int from = Math.max(0, chunk.ordinal() - around);
        int to = Math.min(chunks.size(), chunk.ordinal() + around + 1);
        return Run.of(chunks, from, to, chunk.score());
    }

    private static Passage passage(String content, List<ScoredChunk> chunks, Run run, boolean isSimilar) {
        int end = Math.min(run.end(), content.length());
        int start = Math.min(run.start(), end);
        Chunks covered = new Chunks(
                chunks.get(run.from()).ordinal(), chunks.get(run.to() - 1).ordinal());
        return new Passage(
                covered, start, end, content.substring(start, end), run.score(), isSimilar ? run.score() : null);
    }
}
