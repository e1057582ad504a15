package dev.tandem.testing;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Indexes;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.StatsRepository;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.service.document.DocumentService;
import dev.tandem.service.document.Written;
import dev.tandem.service.index.IndexingService;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The running service for tests: short methods for collections and documents, and for what index and rows contain. */
@Singleton
@Unremovable
public class World {

    private static final int EVERYTHING = 10_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final StatsRepository stats;
    private final CollectionService collectionService;
    private final DocumentService documentService;
    private final IndexingService indexing;
    private final Indexes indexes;
    private final CollectionSamples samples = new CollectionSamples(new Random());

    World(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            StatsRepository stats,
            CollectionService collectionService,
            DocumentService documentService,
            IndexingService indexing,
            Indexes indexes) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.stats = stats;
        this.collectionService = collectionService;
        this.documentService = documentService;
        this.indexing = indexing;
        this.indexes = indexes;
    }

    /** A new, empty collection in the index inside the process. */
    public Collection collection(CollectionSettings settings) {
        return add(samples.next(settings));
    }

    /** A new, empty collection in this engine. */
    public Collection collection(CollectionSettings settings, String engine) {
        Collection collection = samples.next(settings);
        return add(collection.withIndex(IndexSettings.in(engine), collection.createdAt()));
    }

    private Collection add(Collection collection) {
        return get(unitOfWork
                .write(() -> collections.add(collection, Principal.ANYBODY))
                .replaceWith(collection));
    }

    public Document put(Collection collection, String key, String content) {
        return put(collection, key, new DocumentDraft(key, null, content, null, null));
    }

    public Document put(Collection collection, String key, DocumentDraft draft) {
        return get(documentService.put(collection.name(), key, draft, Precondition.NONE))
                .document();
    }

    /** @param vector null for a document without one */
    public Document put(
            Collection collection,
            String key,
            String content,
            Map<String, @Nullable Object> metadata,
            float @Nullable [] vector) {
        DocumentDraft draft = new DocumentDraft(key, null, content, metadata, vector);
        return put(collection, key, vector == null ? draft.withoutVector() : draft);
    }

    public Written delete(Collection collection, String key) {
        return get(documentService.delete(collection.name(), key, Precondition.NONE, null));
    }

    public void delete(Collection collection) {
        get(collectionService.delete(collection.name(), Precondition.NONE));
    }

    public CollectionStats stats(Collection collection) {
        return get(unitOfWork.read(() -> collections.get(collection.name()).chain(stats::of)));
    }

    /** Waits until only parked documents are not embedded, and the index shows everything. */
    public void settle(Collection collection) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stats(collection).pending()).isZero();
            assertThat(get(indexing.state(collection.name())).lag()).isZero();
        });
    }

    /** The documents that a keyword search finds in the index. */
    public Set<UUID> byWords(Collection collection, String words) {
        return get(indexes.of(collection)
                        .search(new CandidateQuery(
                                SearchText.plain(words), null, List.of(), Filter.EVERYTHING, EVERYTHING)))
                .byWords()
                .stream()
                .map(KeywordMatch::documentId)
                .collect(Collectors.toSet());
    }

    /** What the index finds near a vector, nearest first: at most everything. */
    public List<VectorMatch> byVector(Collection collection, Vector vector) {
        return get(indexes.of(collection)
                        .search(new CandidateQuery(null, vector, List.of(), Filter.EVERYTHING, EVERYTHING)))
                .byVector();
    }

    public IndexSize indexed(Collection collection) {
        return get(indexes.of(collection).size());
    }

    /**
     * Checks that every document and chunk of the index has a row, and every row and chunk is in the index. All rows must contain this
     * word.
     */
    public void assertInStep(Collection collection, String everywhere) throws SQLException {
        List<Object> rows = Database.column("select id from document where collection_id = ?", collection.id());
        long chunks = Database.number(
                "select count(*) from chunk join document on id = document_id where collection_id = ?",
                collection.id());
        assertThat(byWords(collection, everywhere)).containsExactlyInAnyOrderElementsOf(ids(rows));
        assertThat(indexed(collection)).isEqualTo(new IndexSize(rows.size(), (int) chunks));
    }

    private static List<UUID> ids(List<Object> column) {
        return column.stream().map(UUID.class::cast).toList();
    }
}
