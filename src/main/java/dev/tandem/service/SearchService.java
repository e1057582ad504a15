package dev.tandem.service;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Vector;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchHit.Passage;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.embedding.Embedders;
import dev.tandem.factory.SearchDraft;
import dev.tandem.factory.SearchFactory;
import dev.tandem.index.CandidateQuery;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.SearchRepository;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.repository.SearchRepository.Hydrated;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finding documents: by words, by meaning, or by both. */
@ApplicationScoped
public class SearchService {

    private static final int WIDEST = 10_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final SearchRepository searches;
    private final SearchFactory factory;
    private final IndexingService indexing;
    private final Highlights highlights;
    private final Embedders embedders;
    private final SearchConfig config;

    SearchService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            SearchRepository searches,
            SearchFactory factory,
            IndexingService indexing,
            Highlights highlights,
            Embedders embedders,
            SearchConfig config) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.searches = searches;
        this.factory = factory;
        this.indexing = indexing;
        this.highlights = highlights;
        this.embedders = embedders;
        this.config = config;
    }

    /**
     * Answers a question to a collection.
     *
     * <p>Fails with {@link Refusal.Unavailable} if the index does not come to the sequence that the question demands in time.
     */
    public Uni<SearchResult> search(String collection, SearchDraft draft) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> {
            SearchQuery query = factory.create(owner, draft);
            return awaitSequence(owner, query)
                    .chain(() -> embed(owner, query))
                    .map(Optional::ofNullable)
                    .chain(vector -> look(new Look(owner, query, vector.orElse(null)), width(query.limit())));
        });
    }

    /** A question on its way. */
    private record Look(
            Collection owner, SearchQuery query, @Nullable Vector vector) {

        CandidateQuery candidates(int width) {
            return new CandidateQuery(query.mode().usesWords() ? query.text() : null, vector, query.filter(), width);
        }

        List<Ranking> rank(Candidates candidates) {
            Double least = query.minSimilarity();
            Candidates alike = least == null ? candidates : candidates.withSimilarityOf(least);
            return switch (query.mode()) {
                case KEYWORD -> Fusion.byWords(alike);
                case VECTOR -> Fusion.byVector(alike);
                case HYBRID -> query.fusion().fuse(alike);
            };
        }
    }

    private Uni<Void> awaitSequence(Collection owner, SearchQuery query) {
        if (query.minSequence() == 0) {
            return Uni.createFrom().voidItem();
        }
        return indexing.awaitVisible(owner.id(), query.minSequence(), config.sequenceTimeout())
                .onItem()
                .transformToUni(shown -> shown
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom()
                                .failure(new Refusal.Unavailable(
                                        "index.behind",
                                        "The index has not come to the sequence that you ask for. Try again.",
                                        Duration.ofSeconds(1))));
    }

    private Uni<@Nullable Vector> embed(Collection owner, SearchQuery query) {
        String text = query.text();
        if (!query.mode().usesVectors() || query.vector() != null || text == null) {
            return Uni.createFrom().item(query.mode().usesVectors() ? query.vector() : null);
        }
        return embedders.require(owner.embedding().model()).embedQuery(text).map(vector -> vector);
    }

    /** More than the page: some candidates will be found by one list only, and some have gone. */
    private int width(int limit) {
        return Math.max(config.candidates(), limit + limit / 2);
    }

    private Uni<SearchResult> look(Look look, int width) {
        return searches.candidates(look.owner, look.candidates(width)).chain(candidates -> {
            List<Ranking> rankings = look.rank(candidates);
            return unitOfWork
                    .read(() -> searches.hydrate(look.owner, rankings, look.query.filter(), look.query.limit())
                            .chain(hits -> passages(look.query, hits)))
                    .chain(page -> mayBeWider(look, width, candidates, rankings, page)
                            ? look(look, Math.min(WIDEST, width * 4))
                            : result(look, candidates, page));
        });
    }

    /** Rows and their passages. */
    private record Page(List<Found> found, boolean isCut, Map<UUID, List<Chunk>> passages) {}

    private Uni<Page> passages(SearchQuery query, Hydrated hits) {
        return query.includes(Include.CHUNK) && !hits.found().isEmpty()
                ? searches.passages(hits.found()).map(passages -> new Page(hits.found(), hits.isCut(), passages))
                : Uni.createFrom().item(new Page(hits.found(), hits.isCut(), Map.of()));
    }

    /** Whether rows have dropped out, the page is short for it, and a list that ended at its width may hold more. */
    private static boolean mayBeWider(Look look, int width, Candidates candidates, List<Ranking> rankings, Page page) {
        boolean isShort = !page.isCut && page.found.size() < look.query.limit() && page.found.size() < rankings.size();
        boolean wasCut =
                candidates.byWords().size() >= width || candidates.byVector().size() >= width;
        return isShort && wasCut && width < WIDEST;
    }

    private Uni<SearchResult> result(Look look, Candidates candidates, Page page) {
        return highlights.of(look.owner, look.query, page.found).map(marked -> {
            List<SearchHit> hits = new ArrayList<>();
            for (int i = 0; i < page.found.size(); i++) {
                Found found = page.found.get(i);
                List<Chunk> passages =
                        page.passages.getOrDefault(found.document().id(), List.of());
                hits.add(new SearchHit(found.ranking(), found.document(), passage(found, passages), marked.get(i)));
            }
            return new SearchResult(hits, candidates.sequence(), warnings(look, candidates, page));
        });
    }

    private static String reason(Look look, Page page) {
        if (page.isCut) {
            return "more would be too large together.";
        }
        return look.query.minSimilarity() == null
                ? "no other document matches."
                : "no other document matches and is alike enough.";
    }

    private static @Nullable Passage passage(Found found, List<Chunk> passages) {
        var match = found.ranking().vector();
        if (match == null) {
            return null;
        }
        return passages.stream()
                .filter(chunk -> chunk.ordinal() == match.ordinal())
                .findFirst()
                .map(chunk -> passage(found.document(), chunk))
                .orElse(null);
    }

    private static Passage passage(Document document, Chunk chunk) {
        String content = document.content() == null ? "" : document.content();
        int end = Math.min(chunk.end(), content.length());
        int start = Math.min(chunk.start(), end);
        return new Passage(chunk.ordinal(), start, end, content.substring(start, end));
    }

    private static List<String> warnings(Look look, Candidates candidates, Page page) {
        List<String> warnings = new ArrayList<>();
        if (candidates.sequence() == 0) {
            warnings.add("The index is still being built here; what it doesn't have yet is missing.");
        }
        if (page.found.size() < look.query.limit()) {
            warnings.add("Only " + page.found.size() + " of " + look.query.limit() + " hits: " + reason(look, page));
        }
        return warnings;
    }
}
