package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.index.IndexConfig;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of all collections, each in its folder, opened when they are needed. The most recently used ones are kept open; one in use
 * is never closed.
 */
@ApplicationScoped
public class LuceneIndexes {

    private static final Logger LOG = Logger.getLogger(LuceneIndexes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int WAITING_CHANGES = 1_024;

    private final Path root;
    private final int maxOpen;
    private final WriterSettings settings;
    private final WorkerPool changes;
    private final WorkerPool searches;
    /** A dropped collection's slot stays, a few bytes, so that nobody opens a folder that a last reader is about to delete. */
    private final Map<UUID, IndexSlot> slots = new ConcurrentHashMap<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tandem-index-clock").factory());

    @Inject
    public LuceneIndexes(IndexConfig config) {
        this.root = config.directory().toAbsolutePath();
        this.maxOpen = config.maxOpen();
        this.settings = new WriterSettings(config.ramBufferMb());
        this.changes = new WorkerPool("index", config.writeThreads(), WAITING_CHANGES);
        int searchThreads = config.searchThreads().orElse(Runtime.getRuntime().availableProcessors());
        this.searches = new WorkerPool("search", searchThreads, config.searchQueue());
        long interval = config.commitInterval().toMillis();
        var unused = clock.scheduleWithFixedDelay(() -> later(this::tick), interval, interval, TimeUnit.MILLISECONDS);
    }

    /** The collection's index, as the collection's settings are now. Nothing is opened yet, and nothing has to be closed. */
    public LuceneIndex of(Collection collection) {
        return new LuceneIndex(this, collection.id(), Fingerprint.of(collection));
    }

    /** Deletes the index of a collection. Searches that run still end well. */
    public Uni<Void> drop(UUID collectionId) {
        return changes.run(() -> {
            slot(collectionId).drop();
            return null;
        });
    }

    /** The collections that have an index here, or the beginnings of one. */
    public Uni<Set<UUID>> stored() {
        return changes.run(() -> Set.copyOf(folders()));
    }

    /** Deletes the indexes of these collections. */
    public Uni<Void> dropAll(Set<UUID> collectionIds) {
        return changes.run(() -> {
            for (UUID id : collectionIds) {
                slot(id).drop();
            }
            return null;
        });
    }

    /**
     * The {@linkplain Highlighter#extracts extracts} of each text, in the texts' order.
     *
     * @param query what was searched for
     */
    public Uni<List<List<String>>> highlight(Language language, String query, List<String> texts) {
        return searches.run(() -> {
            Highlighter highlighter = new Highlighter(language, query);
            return texts.stream().map(highlighter::extracts).toList();
        });
    }

    WorkerPool changes() {
        return changes;
    }

    WorkerPool searches() {
        return searches;
    }

    IndexSlot slot(UUID collectionId) {
        return slots.computeIfAbsent(
                collectionId, id -> new IndexSlot(new IndexFolder(root.resolve(id.toString())), settings));
    }

    /** What is done with an index while it is kept open. */
    interface Use<T> {
        T with(@Nullable Generation generation) throws IOException;
    }

    /** Makes the new index the one that counts. Blocks. */
    void swapIn(IndexSlot slot, Generation generation, Position reached) throws IOException {
        slot.swapIn(generation, reached);
        later(this::closeLeastUsed);
    }

    /** Blocks. The generation is null where the index has to be built first. */
    <T> T use(UUID collectionId, Use<T> use) throws IOException {
        IndexSlot slot = slot(collectionId);
        boolean wasOpen = slot.isOpen();
        Generation generation = slot.acquire();
        try {
            return use.with(generation);
        } finally {
            if (generation != null) {
                generation.release();
            }
            if (!wasOpen) {
                later(this::closeLeastUsed);
            }
        }
    }

    private List<UUID> folders() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<UUID> ids = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                    .forEach(name -> ids.add(UUID.fromString(name)));
        }
        return ids;
    }

    private void later(Work work) {
        try {
            changes.executor().execute(() -> {
                try {
                    work.run();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("An index could not be kept in order.", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too busy to keep indexes in order just now.");
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** More may be open than should be, where they were in use when the last one was opened. */
    private void tick() throws IOException {
        commit();
        closeLeastUsed();
    }

    void commit() throws IOException {
        for (IndexSlot slot : slots.values()) {
            Generation generation = slot.acquireIfOpen();
            if (generation != null) {
                try {
                    generation.commitIfDue();
                } finally {
                    generation.release();
                }
            }
        }
    }

    private void closeLeastUsed() throws IOException {
        List<IndexSlot> open = new ArrayList<>(
                slots.values().stream().filter(IndexSlot::isOpen).toList());
        open.sort(Comparator.comparingLong(IndexSlot::lastUsed));
        for (IndexSlot slot : open.subList(0, Math.max(0, open.size() - maxOpen))) {
            slot.closeIfIdle();
        }
    }

    /** Makes everything visible durable and gives the folders back, so that another application in this process can open them. */
    @PreDestroy
    void close() {
        clock.shutdownNow();
        for (IndexSlot slot : slots.values()) {
            try {
                slot.close(PATIENCE);
            } catch (IOException e) {
                LOG.warn("An index could not be closed in order. Its last commit counts.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        changes.close();
        searches.close();
    }
}
