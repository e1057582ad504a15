package dev.tandem.service.search;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.ranked.RankedCandidates;
import dev.tandem.index.Engine;
import dev.tandem.index.parts.Engines;
import dev.tandem.repository.SearchRepository;
import dev.tandem.repository.SearchRepository.Hydrated;
import dev.tandem.service.search.SearchTimes.Stage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the hits of a query: reads candidates from the index, and the rows of the best ones. If rows have dropped out and too few hits are
 * left, it reads more candidates.
 */
@Singleton
public class SearchRounds {

    /** So many candidates of each kind any search considers. */
    static final int WIDEST = 10_000;

    private static final int WIDER = 4;
    /** So many candidates more than hits, at least. */
    private static final int SOME_GONE = 10;

    private final UnitOfWork unitOfWork;
    private final SearchRepository searches;
    private final EmbeddingBacklog backlog;
    private final Highlights highlights;
    private final Engines engines;
    private final SearchConfig config;
    private final SearchTimes times;

    SearchRounds(
            UnitOfWork unitOfWork,
            SearchRepository searches,
            EmbeddingBacklog backlog,
            Highlights highlights,
            Engines engines,
            SearchConfig config,
            SearchTimes times) {
        this.unitOfWork = unitOfWork;
        this.searches = searches;
        this.backlog = backlog;
        this.highlights = highlights;
        this.engines = engines;
        this.config = config;
        this.times = times;
    }

    /**
     * What a round has found.
     *
     * @param page with the rows of the first candidates
     */
    record Round(RankedCandidates ranked, SearchPage page) {}

    /** The result of the query. */
    Uni<SearchResult> answer(SearchPlan plan) {
        return look(plan).chain(round -> result(plan, round));
    }

    /** The result of the query, if these are its candidates in their order. If they are not enough, more follow them. */
    Uni<SearchResult> answer(SearchPlan plan, RankedCandidates ranked) {
        return round(plan, ranked).chain(round -> result(plan, round));
    }

    /** The round that has found enough. */
    Uni<Round> look(SearchPlan plan) {
        return ranked(plan, width(plan.query())).chain(ranked -> round(plan, ranked));
    }

    /** Candidates for the hits, or for more if something else is to order more of them. Their rows are not read. */
    Uni<RankedCandidates> rankedFor(SearchPlan plan, int atLeast) {
        SearchQuery query = plan.query();
        return ranked(plan, width(query, Math.max(query.limit(), atLeast)));
    }

    /** How many candidates of each kind a query needs at first. */
    public int width(SearchQuery query) {
        return width(query, query.limit());
    }

    private int width(SearchQuery query, int limit) {
        // More candidates than hits: some rows may have gone.
        int more = limit + Math.max(SOME_GONE, limit / 2);
        // Each of two lists finds some that the other does not.
        int width = query.mode() == SearchMode.HYBRID ? Math.max(depth(), more) : more;
        // Many will have no room in their groups.
        return query.variety().groups() == null ? width : wider(width);
    }

    /** How many places of each list of a hybrid search count. */
    public int depth() {
        return Math.min(config.candidates(), WIDEST);
    }

    /** The candidates for so many hits, and for one more if more match. Their rows are not read. */
    public Uni<RankedCandidates> best(SearchPlan plan, int hits) {
        return ranked(plan, plan.query().mode() == SearchMode.HYBRID ? Math.max(depth(), hits + 1) : hits + 1);
    }

    /** What the index of a plan finds, with all that its fusion looks at. */
    public Uni<Candidates> candidates(SearchPlan plan, int width) {
        return searches.candidates(plan.owner(), plan.set(), plan.candidates(width))
                .chain(found -> searches.counted(plan.set(), found, plan.counted(depth())));
    }

    private Uni<RankedCandidates> ranked(SearchPlan plan, int width) {
        return times.of(Stage.CANDIDATES, candidates(plan, width))
                .map(plan::alike)
                .map(candidates -> new RankedCandidates(candidates, width, plan.rank(candidates, depth())));
    }

    private Uni<Round> round(SearchPlan plan, RankedCandidates ranked) {
        return page(plan, ranked.rankings()).chain(page -> {
            if (!page.rows().isShort(plan.query(), ranked.rankings()) || !ranked.mayBeMore()) {
                return Uni.createFrom().item(new Round(ranked, page));
            }
            return ranked.width() == WIDEST
                    ? Uni.createFrom().item(new Round(ranked, page.stopped(WIDEST)))
                    : ranked(plan, wider(ranked.width())).chain(more -> round(plan, more.behind(ranked)));
        });
    }

    /** The rows of the first of the ranked documents that exist and match. */
    public Uni<SearchPage> page(SearchPlan plan, List<Ranking> rankings) {
        SearchQuery query = plan.query();
        boolean isPlain =
                query.variety().groups() == null && !query.includes(Include.CHUNK) && !query.includes(Include.VECTOR);
        return times.of(
                Stage.ROWS,
                isPlain
                        ? lookedUp(plan, rankings).onItem().ifNull().switchTo(() -> inBlock(plan, rankings))
                        : inBlock(plan, rankings));
    }

    /** Null if that takes more than looking up rows. */
    private Uni<@Nullable SearchPage> lookedUp(SearchPlan plan, List<Ranking> rankings) {
        return searches.lookUp(plan.owner(), rankings, plan.query())
                .chain(rows -> rows == null
                        ? Uni.createFrom().nullItem()
                        : waitingOutside(plan).map(documents -> new SearchPage(rows, Map.of(), Map.of(), documents)));
    }

    private Uni<Integer> waitingOutside(SearchPlan plan) {
        OptionalInt known = plan.query().mode().usesVectors() ? backlog.known(plan.owner()) : OptionalInt.of(0);
        return known.isPresent()
                ? Uni.createFrom().item(known.getAsInt())
                : unitOfWork.heavy().read(() -> backlog.of(plan.owner()));
    }

    private Uni<SearchPage> inBlock(SearchPlan plan, List<Ranking> rankings) {
        return read(plan.query(), () -> blockOf(plan, rankings));
    }

    /** What is read in several statements, such as a document and its vectors, fits together only if it is of the same moment. */
    public <T> Uni<T> read(SearchQuery query, Supplier<Uni<T>> page) {
        UnitOfWork.Heavy heavy = unitOfWork.heavy();
        boolean isOneState = query.includes(Include.VECTOR) || query.variety().groups() != null;
        return isOneState ? heavy.readOneState(page) : heavy.read(page);
    }

    private Uni<SearchPage> blockOf(SearchPlan plan, List<Ranking> rankings) {
        SearchQuery query = plan.query();
        return searches.fitting(plan.owner(), rankings, query)
                .chain(fitting -> searches.hydrate(plan.owner(), fitting, query))
                .chain(rows -> query.includes(Include.VECTOR)
                        ? searches.fittingWithVectors(plan.owner(), plan.set(), rows, query)
                        : Uni.createFrom().item(rows))
                .chain(rows -> page(plan, rows));
    }

    /** The rows with what else the query shows of them. It needs a session. */
    public Uni<SearchPage> page(SearchPlan plan, Hydrated rows) {
        return passages(plan, rows).chain(passages -> chunks(plan, rows)
                .chain(chunks -> waiting(plan).map(documents -> new SearchPage(rows, passages, chunks, documents))));
    }

    private Uni<Map<UUID, Span>> passages(SearchPlan plan, Hydrated rows) {
        return plan.query().includes(Include.CHUNK)
                ? searches.passages(plan.set(), rows.found())
                : Uni.createFrom().item(Map.of());
    }

    private Uni<Map<UUID, List<Chunk>>> chunks(SearchPlan plan, Hydrated rows) {
        return plan.query().includes(Include.VECTOR) && !rows.found().isEmpty()
                ? searches.chunks(plan.set(), rows.found())
                : Uni.createFrom().item(Map.of());
    }

    private Uni<Integer> waiting(SearchPlan plan) {
        return plan.query().mode().usesVectors()
                ? backlog.of(plan.owner())
                : Uni.createFrom().item(0);
    }

    /** How many candidates of each kind are read next, if those of a width were not enough. */
    public static int wider(int width) {
        return Math.min(WIDEST, width * WIDER);
    }

    private Uni<SearchResult> result(SearchPlan plan, Round round) {
        long sequence = round.ranked().candidates().sequence();
        SearchPage page = round.page();
        return hits(plan, page)
                .map(hits -> new SearchResult(
                        plan.query(),
                        hits,
                        sequence,
                        null,
                        null,
                        plan.total(round.ranked().candidates()),
                        null,
                        SearchWarnings.of(plan.query(), page, sequence, isTroubled(plan))));
    }

    /** The hits on a page, with their matches marked if that was requested. */
    public Uni<List<SearchHit>> hits(SearchPlan plan, SearchPage page) {
        return highlights.of(plan.owner(), plan.query(), page.found()).map(marked -> page.hits(plan, marked));
    }

    /** Whether an index that the plan uses can't be written at the moment. */
    public boolean isTroubled(SearchPlan plan) {
        UUID index = plan.owner().indexed(plan.set()).id();
        // Words in the process do not suffer from the trouble of an engine for vectors.
        return engines.of(plan.owner()).stream()
                .filter(indexes -> plan.vector() != null || indexes.engine().can(Engine.Capability.KEYWORDS))
                .anyMatch(indexes -> indexes.trouble(index).isPresent());
    }
}
