package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.search.Candidates;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * An open Lucene index in its folder. It is counted how many use it: {@link #acquire()} and {@link #release()} come in pairs, and the last
 * release closes it.
 */
final class Generation {

    /** How long a position that moves without changes may go without a commit: the changes of other collections move it. */
    private static final Duration MOVED_ONLY = Duration.ofMinutes(1);

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Fingerprint fingerprint;
    private final BitSetProducer documents = new QueryBitSetProducer(Fields.documents());
    private final AtomicInteger users = new AtomicInteger(1);
    private final ReentrantLock changing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile @Nullable Position visible;
    private volatile boolean deleted;
    private boolean changed;
    private boolean moved;
    private long committedAt = System.nanoTime();

    private Generation(Path folder, Directory directory, IndexWriter writer, CommitData data) throws IOException {
        this.folder = folder;
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new SearcherFactory());
        this.fingerprint = data.fingerprint();
        this.visible = data.position();
    }

    /** An empty one in a new folder. */
    static Generation create(Path folder, Fingerprint fingerprint, WriterSettings settings) throws IOException {
        return open(folder, new CommitData(fingerprint, null), settings);
    }

    /**
     * The one in a folder, as of its last commit; empty where it is of another format.
     *
     * @throws IOException where it cannot be read
     * @throws IllegalArgumentException where it names a codec that this Lucene doesn't know
     */
    static Optional<Generation> open(Path folder, WriterSettings settings) throws IOException {
        Optional<CommitData> data;
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            data = CommitData.ofMap(reader.getIndexCommit().getUserData());
        }
        return data.isEmpty() ? Optional.empty() : Optional.of(open(folder, data.get(), settings));
    }

    private static Generation open(Path folder, CommitData data, WriterSettings settings) throws IOException {
        Directory directory = IndexDirectory.open(folder);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, settings.toLucene(data.fingerprint()));
            return new Generation(folder, directory, writer, data);
        } catch (Throwable e) {
            IOUtils.closeWhileHandlingException(writer, directory);
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Everything up to here is visible; empty while the index is being filled for the first time. */
    Optional<Position> position() {
        return Optional.ofNullable(visible);
    }

    /** Whether it still takes changes. It stops for good when the disk has failed it. */
    boolean isOpen() {
        return writer.isOpen();
    }

    /**
     * Replaces and deletes documents. Doing it twice is doing it once.
     *
     * @param reached becomes visible together with the changes; null leaves the changes invisible for now
     */
    void apply(List<IndexEntry> saved, Set<UUID> gone, @Nullable Position reached) throws IOException {
        for (IndexEntry entry : saved) {
            writer.updateDocuments(Fields.blockTerm(entry.document().id()), DocumentBlock.of(entry, fingerprint));
        }
        writer.deleteDocuments(gone.stream().map(Fields::blockTerm).toArray(Term[]::new));
        if (reached != null) {
            show(reached, !saved.isEmpty() || !gone.isEmpty());
        }
    }

    private void show(Position reached, boolean changes) throws IOException {
        changing.lock();
        try {
            searchers.maybeRefreshBlocking();
            writer.setLiveCommitData(
                    new CommitData(fingerprint, reached).toMap().entrySet());
            changed |= changes;
            moved = true;
            visible = reached;
        } finally {
            changing.unlock();
        }
    }

    /** Makes what is visible durable, unless it isn't worth it yet: nothing but the position has moved, and not for long. */
    void commitIfDue() throws IOException {
        changing.lock();
        try {
            boolean due = changed || System.nanoTime() - committedAt > MOVED_ONLY.toNanos();
            if (due && writer.isOpen()) {
                commit();
            }
        } finally {
            changing.unlock();
        }
    }

    /** Makes what is visible durable. */
    void commit() throws IOException {
        changing.lock();
        try {
            if (changed || moved) {
                writer.commit();
                changed = false;
                moved = false;
                committedAt = System.nanoTime();
            }
        } finally {
            changing.unlock();
        }
    }

    Candidates search(CandidateQuery query) throws IOException {
        // Before the searcher, so that it can only be newer than what is said about it.
        Position reached = visible;
        long sequence = reached == null ? 0 : reached.sequence();
        IndexSearcher searcher = searchers.acquire();
        try {
            return new CandidateSearch(searcher, documents, fingerprint).candidates(query, sequence);
        } finally {
            searchers.release(searcher);
        }
    }

    IndexSize size() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return new CandidateSearch(searcher, documents, fingerprint).size();
        } finally {
            searchers.release(searcher);
        }
    }

    /** Must be paired with {@link #release()}; only for who knows that somebody else still uses it. */
    Generation acquire() {
        users.incrementAndGet();
        return this;
    }

    boolean isIdle() {
        return users.get() == 1;
    }

    /** Has the folder deleted once nobody uses it any more. */
    void delete() {
        deleted = true;
    }

    void release() throws IOException {
        if (users.decrementAndGet() == 0) {
            close();
        }
    }

    /** Makes durable what is visible and gives the folder back, while searches that run may end. */
    private void close() throws IOException {
        try {
            if (!deleted && writer.isOpen()) {
                commit();
            }
        } finally {
            IOUtils.close(searchers, writer::rollback, directory);
            if (deleted) {
                IndexFolder.deleteGeneration(folder);
            }
            closed.countDown();
        }
    }

    /** Waits until the last user has gone, but not for long. */
    void awaitClosed(Duration patience) throws InterruptedException {
        closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
