package dev.tandem.service.search.several;

import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.several.MergedResult;
import dev.tandem.service.search.SearchTimes;
import dev.tandem.service.search.SearchTimes.Stage;
import dev.tandem.service.search.rerank.Reordered;
import dev.tandem.service.search.rerank.Reranking;
import dev.tandem.service.search.several.MergedRounds.Round;
import dev.tandem.service.search.several.Part.Found;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Answers a search of several collections, and lets a reranker order the best hits of all of them if the query wants that. */
@Singleton
class MergedAnswers {

    private final MergedRounds rounds;
    private final MergedHits hits;
    private final Reranking reranking;
    private final SearchTimes times;

    MergedAnswers(MergedRounds rounds, MergedHits hits, Reranking reranking, SearchTimes times) {
        this.rounds = rounds;
        this.hits = hits;
        this.reranking = reranking;
        this.times = times;
    }

    /** @param parts at least one */
    Uni<MergedResult> answer(List<Part> parts) {
        SearchQuery query = parts.getFirst().plan().query();
        Rerank wanted = query.rerank();
        return wanted == null
                ? rounds.look(parts).chain(round -> hits.of(query, round.found(), round.page()))
                : answer(query, parts, wanted);
    }

    private Uni<MergedResult> answer(SearchQuery query, List<Part> parts, Rerank wanted) {
        return rounds.look(parts.stream().map(part -> part.forReranking(wanted)).toList())
                .chain(round -> times.of(Stage.RERANK, order(query, wanted, round))
                        .chain(order -> answer(query, shown(round, parts), order)));
    }

    private Uni<Reordered> order(SearchQuery query, Rerank wanted, Round round) {
        return reranking.order(
                query,
                wanted,
                round.rankings(),
                round.page().rows(),
                round.page().passages());
    }

    private static List<Found> shown(Round round, List<Part> parts) {
        List<Found> shown = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            shown.add(round.found().get(i).shownBy(parts.get(i)));
        }
        return shown;
    }

    private Uni<MergedResult> answer(SearchQuery query, List<Found> found, Reordered order) {
        return rounds.page(found, order.rankings())
                .chain(page -> hits.of(query, found, page))
                .map(merged -> warned(merged, order));
    }

    private static MergedResult warned(MergedResult merged, Reordered order) {
        SearchResult warned = merged.result();
        for (String warning : order.warnings()) {
            warned = warned.withWarning(warning);
        }
        return new MergedResult(warned, merged.names());
    }
}
