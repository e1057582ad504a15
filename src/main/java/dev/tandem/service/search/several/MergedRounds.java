package dev.tandem.service.search.several;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.several.MergedCandidates;
import dev.tandem.index.SearchThreads;
import dev.tandem.repository.SearchRepository.Hydrated;
import dev.tandem.repository.SeveralRepository;
import dev.tandem.repository.SeveralRepository.Source;
import dev.tandem.service.search.SearchPage;
import dev.tandem.service.search.SearchRounds;
import dev.tandem.service.search.SearchTimes;
import dev.tandem.service.search.SearchTimes.Stage;
import dev.tandem.service.search.several.Part.Found;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds the rows of a search of several collections, in rounds as {@link SearchRounds} does for one. */
@Singleton
class MergedRounds {

    /** So many collections are searched at the same time, so that one request does not take all threads. */
    static final int AT_ONCE = 4;

    private final SeveralRepository rows;
    private final SearchRounds rounds;
    private final SearchThreads threads;
    private final SearchTimes times;

    MergedRounds(SeveralRepository rows, SearchRounds rounds, SearchThreads threads, SearchTimes times) {
        this.rows = rows;
        this.rounds = rounds;
        this.threads = threads;
        this.times = times;
    }

    /**
     * What a round has found.
     *
     * @param found in each collection, in their order
     * @param rankings of all candidates, best first
     * @param page with the rows of the first of them
     */
    record Round(List<Found> found, List<Ranking> rankings, MergedPage page) {}

    /** The round that has found enough. @param parts at least one */
    Uni<Round> look(List<Part> parts) {
        int width = parts.stream()
                .mapToInt(part -> rounds.width(part.plan().query()))
                .max()
                .orElseThrow();
        return round(parts, width);
    }

    private Uni<Round> round(List<Part> parts, int width) {
        return times.of(Stage.CANDIDATES, found(parts, width)).chain(found -> {
            SearchQuery query = query(found);
            MergedCandidates merged =
                    new MergedCandidates(found.stream().map(Found::merged).toList(), width);
            boolean mayHoldMore = merged.isFull() && SearchRounds.wider(width) > width;
            return ranked(merged, found).chain(rankings -> page(found, rankings)
                    .chain(page -> mayHoldMore && page.rows().isShort(query, rankings)
                            ? round(found.stream().map(Found::part).toList(), SearchRounds.wider(width))
                            : Uni.createFrom().item(new Round(found, rankings, page))));
        });
    }

    /** On a thread: these may be the longest lists of sixteen collections. */
    private Uni<List<Ranking>> ranked(MergedCandidates merged, List<Found> found) {
        return threads.run(
                found.getFirst().part().owner().id(),
                stop -> merged.rank(query(found).fusion(), rounds.depth()));
    }

    /** What all of them have in common can be read from the first one. */
    private static SearchQuery query(List<Found> found) {
        return found.getFirst().part().plan().query();
    }

    private Uni<List<Found>> found(List<Part> parts, int width) {
        return Uni.join()
                .all(parts.stream()
                        .map(part -> Naming.of(part.owner(), foundOrDegraded(part, width)))
                        .toList())
                .usingConcurrencyOf(AT_ONCE)
                .andFailFast();
    }

    private Uni<Found> foundOrDegraded(Part part, int width) {
        return found(part, width)
                .onFailure(failure -> failure instanceof Refusal.Unavailable
                        && part.plan().query().mayDegrade())
                .recoverWithUni(() -> found(part.degraded(), width));
    }

    private Uni<Found> found(Part part, int width) {
        return rounds.candidates(part.plan(), width).map(candidates -> new Found(part, candidates));
    }

    /** The rows of the first of the ranked documents, with what else the query shows of them. */
    Uni<MergedPage> page(List<Found> found, List<Ranking> rankings) {
        List<Source> sources = found.stream().map(Found::source).toList();
        SearchQuery query = query(found);
        return times.of(Stage.ROWS, rounds.read(query, () -> rows.hydrate(sources, rankings, query)
                .chain(hydrated -> query.includes(Include.VECTOR)
                        ? rows.fittingWithVectors(sources, hydrated, query)
                        : Uni.createFrom().item(hydrated))
                .chain(hydrated -> pages(found, hydrated).map(pages -> new MergedPage(hydrated, pages)))));
    }

    /** One after the other, as they share a session. */
    private Uni<List<SearchPage>> pages(List<Found> found, Hydrated hydrated) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(one -> rounds.page(one.part().plan(), of(one.part(), hydrated)))
                .collect()
                .asList();
    }

    private static Hydrated of(Part part, Hydrated hydrated) {
        return new Hydrated(
                hydrated.found().stream()
                        .filter(row -> row.document()
                                .collectionId()
                                .equals(part.owner().id()))
                        .toList(),
                hydrated.isCut());
    }
}
