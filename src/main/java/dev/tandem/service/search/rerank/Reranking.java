package dev.tandem.service.search.rerank;

import dev.tandem.domain.document.Span;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Reranked;
import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchText;
import dev.tandem.embedding.rerank.Reranker;
import dev.tandem.embedding.rerank.Rerankers;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.repository.SearchRepository.Hydrated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Asks a reranker for the order of the best hits. It needs no session, and holds none while it waits. */
@Singleton
public class Reranking {

    private static final String AWAY =
            "The reranker is away at the moment; the hits are in the order of the search alone.";

    /** Equal scores leave two hits in the order of the search. */
    private static final Comparator<Reranked> BEST_FIRST =
            Comparator.comparingDouble(Reranked::score).reversed().thenComparingInt(Reranked::rankBefore);

    private final Rerankers rerankers;

    Reranking(Rerankers rerankers) {
        this.rerankers = rerankers;
    }

    /** The names of the rerankers that this service has. */
    public Set<String> names() {
        return rerankers.names();
    }

    /** A hit whose text the reranker reads, and its place in the search. */
    private record Read(Ranking ranking, int rank, String text) {}

    /**
     * The rankings in the order that the reranker gives to the first of them. Hits without text follow those that it has seen.
     *
     * <p>If the reranker does not answer, it fails with {@link Refusal.Unavailable}, or leaves the order as it is if the query allows that.
     *
     * @param rankings of the whole search, best first
     * @param rows of the first of them that still exist
     * @param passages where the best chunk of each of these documents lies in its content, by the document's id
     */
    public Uni<Reordered> order(
            SearchQuery query, Rerank wanted, List<Ranking> rankings, Hydrated rows, Map<UUID, Span> passages) {
        Reranker reranker = rerankers
                .find(wanted.model())
                .orElseThrow(() -> new IllegalStateException("The reranker has been checked before."));
        List<Found> best =
                rows.found().subList(0, Math.min(wanted.top(), rows.found().size()));
        List<String> warnings = rows.isCut() && best.size() < wanted.top() ? List.of(cut(best.size())) : List.of();
        List<Read> read = read(best, passages, reranker.textCharacters());
        SearchText words = query.text();
        if (read.isEmpty() || words == null) {
            return Uni.createFrom().item(new Reordered(rankings, warnings));
        }
        Uni<Reordered> ordered = reranker.scores(
                        words.wanted(), read.stream().map(Read::text).toList())
                .map(scores -> new Reordered(ordered(rankings, read, scores), warnings));
        return query.degrade()
                ? ordered.onFailure(Refusal.Unavailable.class)
                        // The reranker has logged it.
                        .recoverWithItem(() -> new Reordered(rankings, List.of(AWAY)))
                : ordered;
    }

    private static List<Read> read(List<Found> best, Map<UUID, Span> passages, int characters) {
        List<Read> read = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            Found hit = best.get(i);
            String text = HitText.of(hit.document(), passages.get(hit.document().id()), characters);
            // Many servers refuse a request with an empty text.
            if (!text.isBlank()) {
                read.add(new Read(hit.ranking(), i + 1, text));
            }
        }
        return read;
    }

    private static List<Ranking> ordered(List<Ranking> rankings, List<Read> read, double[] scores) {
        Set<UUID> seen = new HashSet<>();
        List<Ranking> first = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Ranking ranking = read.get(i).ranking();
            seen.add(ranking.documentId());
            first.add(ranking.with(new Reranked(scores[i], read.get(i).rank())));
        }
        first.sort(Comparator.comparing(Reranking::reranked, BEST_FIRST));
        return Stream.concat(first.stream(), rankings.stream().filter(ranking -> !seen.contains(ranking.documentId())))
                .toList();
    }

    private static Reranked reranked(Ranking ranking) {
        return Objects.requireNonNull(ranking.reranked());
    }

    private static String cut(int documents) {
        return "The reranker has seen only the first " + documents + " hits: more would be too large together.";
    }
}
