package dev.tandem.service.search;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchHit.Passage;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.embedding.Embedders;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Indexes;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.SearchRepository;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.repository.SearchRepository.Hydrated;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.index.Meaning;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finding documents: by words, by meaning, or by both. */
@ApplicationScoped
public class SearchService {

    private static final int WIDEST = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final SearchRepository searches;
    private final SearchFactory factory;
    private final IndexingService indexing;
    private final Meaning meaning;
    private final Indexes indexes;
    private final Highlights highlights;
    private final Embedders embedders;
    private final EmbeddingBacklog backlog;
    private final SearchConfig config;

    SearchService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            SearchRepository searches,
            SearchFactory factory,
            IndexingService indexing,
            Meaning meaning,
            Indexes indexes,
            Highlights highlights,
            Embedders embedders,
            EmbeddingBacklog backlog,
            SearchConfig config) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.searches = searches;
        this.factory = factory;
        this.indexing = indexing;
        this.meaning = meaning;
        this.indexes = indexes;
        this.highlights = highlights;
        this.embedders = embedders;
        this.backlog = backlog;
        this.config = config;
    }

    /**
     * Answers a question to a collection.
     *
     * <p>Fails with {@link Refusal.Unavailable} if the index does not come to the sequence that the question demands in time: by
     * its words, and by its meaning where the search looks at vectors that a model makes.
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
        boolean needsMeaning = query.mode().usesVectors() && owner.embedding().hasModel();
        Duration atMost = config.sequenceTimeout();
        long end = System.nanoTime() + atMost.toNanos();
        return indexing.awaitVisible(owner.id(), query.minSequence(), atMost)
                .invoke(words -> require(words, false))
                .chain(() -> needsMeaning
                        ? meaning.await(owner.id(), query.minSequence(), Duration.ofNanos(end - System.nanoTime()))
                        : Uni.createFrom().item(true))
                .invoke(isShown -> require(isShown, needsMeaning))
                .replaceWithVoid();
    }

    private static void require(boolean isShown, boolean needsMeaning) {
        if (!isShown) {
            throw behind(needsMeaning);
        }
    }

    private static Refusal behind(boolean needsMeaning) {
        return needsMeaning
                ? new Refusal.Unavailable(
                        "embedding.behind",
                        "The vectors of what you ask for are not all there yet. Try again, or search by words.",
                        RETRY_AFTER)
                : new Refusal.Unavailable(
                        "index.behind",
                        "The index has not come to the sequence that you ask for. Try again.",
                        RETRY_AFTER);
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
                            .chain(hits -> passages(look.query, hits))
                            .chain(page -> waiting(look).map(page::waitedFor)))
                    .chain(page -> mayBeWider(look, width, candidates, rankings, page)
                            ? look(look, Math.min(WIDEST, width * 4))
                            : result(look, candidates, page));
        });
    }

    /**
     * Rows and their passages.
     *
     * @param waiting how many documents of the collection are still to get vectors, as {@link EmbeddingBacklog} counts them
     */
    private record Page(List<Found> found, boolean isCut, Map<UUID, List<Chunk>> passages, int waiting) {

        Page waitedFor(int documents) {
            return new Page(found, isCut, passages, documents);
        }
    }

    private Uni<Integer> waiting(Look look) {
        return look.query.mode().usesVectors()
                ? backlog.of(look.owner)
                : Uni.createFrom().item(0);
    }

    private Uni<Page> passages(SearchQuery query, Hydrated hits) {
        return query.includes(Include.CHUNK) && !hits.found().isEmpty()
                ? searches.passages(hits.found()).map(passages -> new Page(hits.found(), hits.isCut(), passages, 0))
                : Uni.createFrom().item(new Page(hits.found(), hits.isCut(), Map.of(), 0));
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

    private static String reason(Look look, Page page, boolean isComplete) {
        if (page.isCut) {
            return "more would be too large together.";
        }
        if (page.waiting > 0) {
            return "more may match once the documents that wait have their vectors.";
        }
        if (!isComplete) {
            return "the index may lack others.";
        }
        return look.query.minSimilarity() == null
                ? "no other document matches."
                : "no other document matches and is alike enough.";
    }

    private static @Nullable Passage passage(Found found, List<Chunk> passages) {
        var match = found.ranking().vector();
        // The offsets of stale passages are those of another text.
        if (match == null || found.document().hasStaleVectors()) {
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

    private static String waiting(int documents) {
        if (documents == 1) {
            return "1 document waits for its vectors; it is found by its earlier text or by words only.";
        }
        String many = documents > EmbeddingBacklog.MOST
                ? String.format(Locale.ROOT, "More than %,d", EmbeddingBacklog.MOST)
                : String.valueOf(documents);
        return many + " documents wait for their vectors; they are found by their earlier text or by words only.";
    }

    private List<String> warnings(Look look, Candidates candidates, Page page) {
        List<String> warnings = new ArrayList<>();
        if (candidates.sequence() == 0) {
            warnings.add("The index is still being built here; what it doesn't have yet is missing.");
        }
        if (page.waiting > 0) {
            warnings.add(waiting(page.waiting));
        }
        if (indexes.trouble(look.owner.id()).isPresent()) {
            warnings.add("The index can't be written; it shows the state of sequence " + candidates.sequence() + ".");
        }
        if (page.found.size() < look.query.limit()) {
            String reason = reason(look, page, warnings.isEmpty());
            warnings.add("Only " + page.found.size() + " of " + look.query.limit() + " hits: " + reason);
        }
        return warnings;
    }
}
