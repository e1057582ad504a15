package dev.tandem.service.search.variety;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Diversified;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.domain.search.variety.Diversity;
import dev.tandem.domain.search.variety.MarginalRelevance;
import dev.tandem.domain.search.variety.MarginalRelevance.Place;
import dev.tandem.index.SearchThreads;
import dev.tandem.repository.ChunkLookup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets hits that are like better ones give way to others. */
@Singleton
public class Diversifying {

    private final ChunkLookup chunks;
    private final SearchThreads threads;

    Diversifying(ChunkLookup chunks, SearchThreads threads) {
        this.chunks = chunks;
        this.threads = threads;
    }

    /**
     * The rankings, the first of them in the order of their marginal relevance. Each is compared by its best chunk, or by its first one where the
     * vector search has not found it. It needs no session.
     *
     * @param set whose vectors are compared
     * @param rankings best first; if a reranker has seen some, only these take part
     */
    public Uni<List<Ranking>> order(Collection owner, VectorSet set, Diversity wanted, List<Ranking> rankings) {
        List<Ranking> best = best(wanted, rankings);
        return best.isEmpty()
                ? Uni.createFrom().item(rankings)
                : chunks.vectors(set, ordinals(best))
                        .chain(vectors -> threads.run(owner.id(), stop -> relevance(best, vectors, set, wanted)
                                .order(stop::check)))
                        .map(places -> Stream.concat(
                                        places.stream().map(place -> placed(best, place)),
                                        rankings.subList(best.size(), rankings.size()).stream())
                                .toList());
    }

    private static MarginalRelevance relevance(
            List<Ranking> best, Map<UUID, Vector> vectors, VectorSet set, Diversity wanted) {
        List<@Nullable Vector> ordered = new ArrayList<>();
        best.forEach(ranking -> ordered.add(vectors.get(ranking.documentId())));
        return new MarginalRelevance(
                best.stream().mapToDouble(Diversifying::score).toArray(),
                ordered,
                set.embedding().metric(),
                wanted.lambda());
    }

    private static double score(Ranking ranking) {
        return ranking.reranked() == null ? ranking.score() : ranking.reranked().score();
    }

    private static Ranking placed(List<Ranking> best, Place place) {
        return best.get(place.hit()).with(new Diversified(place.relevance(), place.similarity(), place.hit() + 1));
    }

    /** Scores of a reranker and of the search can't be compared. */
    private static List<Ranking> best(Diversity wanted, List<Ranking> rankings) {
        List<Ranking> best = rankings.subList(0, Math.min(wanted.top(), rankings.size()));
        int reranked = (int)
                best.stream().takeWhile(ranking -> ranking.reranked() != null).count();
        return reranked == 0 ? best : best.subList(0, reranked);
    }

    private static Map<UUID, Integer> ordinals(List<Ranking> best) {
        Map<UUID, Integer> ordinals = new HashMap<>();
        for (Ranking ranking : best) {
            VectorMatch match = ranking.vector();
            ordinals.put(ranking.documentId(), match == null ? 0 : match.ordinal());
        }
        return ordinals;
    }
}
