package dev.tandem.service.search.passage;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.BudgetCut;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.passage.Budget;
import dev.tandem.domain.search.passage.Passage;
import dev.tandem.domain.search.passage.PassageChoice;
import dev.tandem.domain.search.passage.PassageQuery;
import dev.tandem.domain.search.passage.ScoredChunk;
import dev.tandem.index.SearchThreads;
import dev.tandem.index.text.passage.WordScore;
import dev.tandem.repository.ChunkScan;
import dev.tandem.work.Stop;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds passages to the hits of a search that wants some, and cuts them at its budget. */
@Singleton
public class Passages {

    private final UnitOfWork unitOfWork;
    private final ChunkScan scan;
    private final SearchThreads threads;
    private final TokenCounts counts;

    Passages(UnitOfWork unitOfWork, ChunkScan scan, SearchThreads threads, TokenCounts counts) {
        this.unitOfWork = unitOfWork;
        this.scan = scan;
        this.threads = threads;
        this.counts = counts;
    }

    /**
     * The result with the passages that its query wants; the same one if it wants none.
     *
     * @param set whose index was searched
     * @param vector of the query; null for a keyword search, whose words then decide
     */
    public Uni<SearchResult> of(Collection owner, VectorSet set, @Nullable Vector vector, SearchResult result) {
        PassageQuery wanted = result.query().passages();
        return wanted == null
                ? Uni.createFrom().item(result)
                : chunks(set, vector, result.hits())
                        .chain(chunks -> threads.run(owner.id(), stop -> {
                            List<SearchHit> read = new Reading(owner, wanted, vector == null, stop)
                                    .of(result.query().text(), result.hits(), chunks);
                            return within(wanted, owner.embedding().model(), result.with(read, null), stop);
                        }));
    }

    /** The same for hits that share their budget with those of other collections: they have all passages still, and {@link #cut} cuts them. */
    public Uni<List<SearchHit>> chosen(
            Collection owner, VectorSet set, @Nullable Vector vector, SearchQuery query, List<SearchHit> hits) {
        PassageQuery wanted = query.passages();
        return wanted == null
                ? Uni.createFrom().item(hits)
                : chunks(set, vector, hits)
                        .chain(chunks ->
                                threads.run(owner.id(), stop -> new Reading(owner, wanted, vector == null, stop)
                                        .of(query.text(), hits, chunks)));
    }

    /**
     * The result with as many of its passages as the budget of its query allows.
     *
     * @param collection one of those that the hits are from
     * @param model whose tokens are counted
     */
    public Uni<SearchResult> cut(UUID collection, String model, SearchResult result) {
        PassageQuery wanted = result.query().passages();
        return wanted == null || wanted.budget() == null
                ? Uni.createFrom().item(result)
                : threads.run(collection, stop -> within(wanted, model, result, stop));
    }

    private SearchResult within(PassageQuery wanted, String model, SearchResult result, Stop stop) {
        if (wanted.budget() == null) {
            return result;
        }
        BudgetCut cut = counts.cut(wanted.budget(), model, result.query().includes(Include.TITLE));
        for (SearchHit hit : result.hits()) {
            stop.check();
            cut.add(hit);
        }
        Budget spent = cut.spent();
        SearchResult within = result.with(cut.hits(), spent);
        return spent.cutPassages() + spent.cutDocuments() == 0 ? within : within.withWarning(leftOut(spent));
    }

    /** The chunks of the hits with their similarities. Stale ones are left out: their offsets belong to another text. */
    private Uni<Map<UUID, List<ScoredChunk>>> chunks(VectorSet set, @Nullable Vector vector, List<SearchHit> hits) {
        List<Document> documents = hits.stream()
                .map(SearchHit::document)
                .filter(document -> document.content() != null && !document.hasStaleVectors(set))
                .toList();
        if (documents.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Map<UUID, List<ScoredChunk>> chunks = new HashMap<>();
        // A document may have changed since its row was read. Its chunks are then those of another text.
        return unitOfWork
                .heavy()
                .readOneState(() -> scan.unchanged(documents)
                        .chain(ids -> scan.each(
                                set, ids, chunk -> chunks.computeIfAbsent(chunk.documentId(), id -> new ArrayList<>())
                                        .add(scored(set, vector, chunk)))))
                .replaceWith(chunks);
    }

    private static ScoredChunk scored(VectorSet set, @Nullable Vector vector, Chunk chunk) {
        double similarity = vector == null ? 0 : set.embedding().metric().similarity(vector, chunk.vector());
        return new ScoredChunk(chunk.ordinal(), chunk.start(), chunk.end(), similarity);
    }

    private static String leftOut(Budget spent) {
        return "The budget of " + spent.tokens() + (spent.tokens() == 1 ? " token" : " tokens")
                + " is spent: passages left out: " + spent.cutPassages()
                + ", hits left out: " + spent.cutDocuments() + ".";
    }

    /** Chooses the passages of some hits. This is CPU work. */
    private static final class Reading {

        private final Collection owner;
        private final PassageQuery wanted;
        private final boolean isByWords;
        private final Stop stop;

        Reading(Collection owner, PassageQuery wanted, boolean isByWords, Stop stop) {
            this.owner = owner;
            this.wanted = wanted;
            this.isByWords = isByWords;
            this.stop = stop;
        }

        List<SearchHit> of(@Nullable SearchText text, List<SearchHit> found, Map<UUID, List<ScoredChunk>> chunks) {
            WordScore words = isByWords && text != null ? words(text, found) : null;
            List<SearchHit> hits = new ArrayList<>();
            for (SearchHit hit : found) {
                stop.check();
                hits.add(hit.with(passages(
                        hit.document(), chunks.getOrDefault(hit.document().id(), List.of()), words)));
            }
            return hits;
        }

        private WordScore words(SearchText text, List<SearchHit> found) {
            List<String> contents = found.stream()
                    .map(hit -> hit.document().content())
                    .filter(Objects::nonNull)
                    .toList();
            return new WordScore(owner.settings().language(), text, contents, stop);
        }

        private List<Passage> passages(Document document, List<ScoredChunk> chunks, @Nullable WordScore words) {
            String content = document.content();
            if (content == null) {
                return List.of();
            }
            if (chunks.isEmpty()) {
                return PassageChoice.beginning(content);
            }
            return words == null
                    ? PassageChoice.bySimilarity(content, chunks, wanted)
                    : PassageChoice.byWords(content, words.of(content, chunks, stop), wanted);
        }
    }
}
