package dev.tandem.index.parts;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.Index;
import dev.tandem.index.Indexes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches a collection's index, whose words and vectors may be in two engines. */
public final class CollectionSearch {

    private static final int WIDEST = 10_000;
    private static final int WIDER = 4;
    private static final Candidates NOTHING = new Candidates(List.of(), List.of(), Long.MAX_VALUE);

    private final Engines engines;
    private final Collection collection;

    public CollectionSearch(Engines engines, Collection collection) {
        this.engines = engines;
        this.collection = collection;
    }

    /**
     * The candidates for a query. If they come from two engines, each list is of a state of its own, and the sequence is that of the older
     * one. Fails as {@link Index} does.
     */
    public Uni<Candidates> candidates(CandidateQuery query) {
        return engine().chain(indexes -> indexes.engine().can(Engine.Capability.KEYWORDS)
                ? indexes.of(collection).search(query)
                : new Halves(engines.local().of(collection), indexes.of(collection)).search(query));
    }

    /** The present engine, or the former one until the present one has caught up here. */
    private Uni<Indexes> engine() {
        return Uni.createFrom().deferred(() -> {
            IndexSettings settings = collection.settings().index();
            Indexes present = engines.get(settings.engine());
            String former = settings.former();
            if (former == null || engines.find(former).isEmpty()) {
                return Uni.createFrom().item(present);
            }
            return isBuilt(settings).map(isBuilt -> isBuilt ? present : engines.get(former));
        });
    }

    /** Whether all that searches of the present engine use has been built, its words here among it. */
    private Uni<Boolean> isBuilt(IndexSettings settings) {
        return Multi.createFrom()
                .iterable(engines.present(settings))
                .onItem()
                .transformToUniAndConcatenate(indexes -> indexes.of(collection).position())
                .collect()
                .asList()
                .map(positions -> positions.stream().allMatch(Optional::isPresent));
    }

    /** The words in one index, the vectors in another. */
    private record Halves(Index words, Index vectors) {

        Uni<Candidates> search(CandidateQuery query) {
            SearchText text = query.text();
            List<Clause> demands = text == null ? query.demands() : text.demands();
            Uni<Candidates> byWords = text == null
                    ? Uni.createFrom().item(NOTHING)
                    : words.search(new CandidateQuery(
                            text, null, List.of(), query.filter(), query.limit(), null, query.isCounted()));
            Uni<Candidates> byVector =
                    query.vector() == null ? Uni.createFrom().item(NOTHING) : byVector(query, demands, query.limit());
            return Uni.combine()
                    .all()
                    .unis(byWords, byVector)
                    .with((one, other) -> new Candidates(
                            one.byWords(),
                            other.byVector(),
                            one.matching(),
                            Math.min(one.sequence(), other.sequence())));
        }

        /** @param width how many the engine of the vectors is asked for; some of them may lack words that are demanded */
        private Uni<Candidates> byVector(CandidateQuery query, List<Clause> demands, int width) {
            return vectors.search(new CandidateQuery(
                            null, query.vector(), List.of(), query.filter(), width, query.effort(), false))
                    .chain(found -> demands.isEmpty()
                            ? Uni.createFrom().item(found)
                            : meeting(demands, found, query.filter()).chain(left -> {
                                boolean isShort = left.byVector().size() < query.limit()
                                        && found.byVector().size() >= width
                                        && width < WIDEST;
                                return isShort
                                        ? byVector(query, demands, Math.min(WIDEST, width * WIDER))
                                        : Uni.createFrom().item(first(left, query.limit()));
                            }));
        }

        private static Candidates first(Candidates found, int limit) {
            List<VectorMatch> best = found.byVector();
            return new Candidates(found.byWords(), best.subList(0, Math.min(limit, best.size())), found.sequence());
        }

        /** Those that have the words that they must, and none that they must not. */
        private Uni<Candidates> meeting(List<Clause> demands, Candidates found, Filter filter) {
            List<@Nullable Object> ids = found.byVector().stream()
                    .<@Nullable Object>map(match -> match.documentId().toString())
                    .toList();
            if (ids.isEmpty()) {
                return Uni.createFrom().item(found);
            }
            Filter among = new Filter.And(List.of(filter, new Filter.In(DocumentField.ID, ids)));
            SearchText text = new SearchText("", demands);
            return words.search(new CandidateQuery(text, null, List.of(), among, ids.size()))
                    .map(meeting -> {
                        Set<UUID> kept = meeting.byWords().stream()
                                .map(KeywordMatch::documentId)
                                .collect(Collectors.toSet());
                        return new Candidates(
                                List.of(),
                                found.byVector().stream()
                                        .filter(match -> kept.contains(match.documentId()))
                                        .toList(),
                                Math.min(found.sequence(), meeting.sequence()));
                    });
        }
    }
}
