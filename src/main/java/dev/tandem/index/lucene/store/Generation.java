package dev.tandem.index.lucene.store;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.search.Candidates;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import dev.tandem.index.lucene.query.CandidateSearch;
import dev.tandem.index.lucene.query.StampReader;
import dev.tandem.index.lucene.shape.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * An open Lucene index in its folder. It is counted how many use it: {@link #acquire()} and {@link #release()} come in pairs, and the last
 * release closes it. When the disk fails, it takes no more changes, and what it shows can still be searched.
 */
public final class Generation {

    private final Path folder;
    private final GuardedWriter writer;
    private final SearcherManager searchers;
    private final Shape shape;
    private final BitSetProducer documents = new QueryBitSetProducer(Fields.documents());
    private final AtomicInteger users = new AtomicInteger(1);
    /** Held while what searches see is changed. */
    private final ReentrantLock applying = new ReentrantLock();

    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile @Nullable Position visible;
    private volatile boolean deleted;

    private Generation(Path folder, GuardedWriter writer, CommitData data) throws IOException {
        this.folder = folder;
        this.writer = writer;
        this.searchers = writer.searchers();
        this.shape = data.shape();
        this.visible = data.position();
    }

    /** An empty one in a new folder. */
    static Generation create(Path folder, Shape shape, WriterSettings settings) throws IOException {
        return open(folder, new CommitData(shape, null), settings);
    }

    /**
     * The one in a folder, as of its last commit; empty where it is of another format.
     *
     * @throws IOException where it cannot be read
     * @throws IllegalArgumentException where it names a codec that this Lucene doesn't know
     */
    static Optional<Generation> open(Path folder, WriterSettings settings) throws IOException {
        Optional<CommitData> data;
        try (Directory directory = settings.disk().apply(FSDirectory.open(folder));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            data = CommitData.ofMap(reader.getIndexCommit().getUserData());
        }
        return data.isEmpty() ? Optional.empty() : Optional.of(open(folder, data.get(), settings));
    }

    private static Generation open(Path folder, CommitData data, WriterSettings settings) throws IOException {
        GuardedWriter writer = GuardedWriter.open(folder, data.shape(), settings);
        try {
            return new Generation(folder, writer, data);
        } catch (Throwable e) {
            IOUtils.closeWhileHandlingException(writer::close);
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    public Shape shape() {
        return shape;
    }

    /** Everything up to here is visible; empty while the index is being filled for the first time. */
    public Optional<Position> position() {
        return Optional.ofNullable(visible);
    }

    /** Why it takes no more changes; null while it does. It stops for good at the first failure of the disk. */
    @Nullable
    Exception failure() {
        return writer.failure();
    }

    /** Replaces and deletes documents; nobody sees it yet. Doing it twice is doing it once. */
    public void add(List<IndexEntry> saved, Set<UUID> gone) throws IOException {
        writer.write(saved, gone);
    }

    /**
     * Replaces and deletes documents, if this stands at a position. If it doesn't, nothing is done and the answer is false.
     *
     * @param from the position; null for one that stands nowhere yet
     * @param reached becomes visible together with the changes
     */
    public boolean apply(List<IndexEntry> saved, Set<UUID> gone, @Nullable Position from, Position reached)
            throws IOException {
        applying.lock();
        try {
            if (!Objects.equals(from, visible)) {
                return false;
            }
            writer.write(saved, gone);
            writer.show(searchers);
            writer.reached(reached, !saved.isEmpty() || !gone.isEmpty());
            visible = reached;
            return true;
        } finally {
            applying.unlock();
        }
    }

    /** Makes what is visible durable, unless it isn't worth it yet; answers whether it was. */
    boolean commitIfDue() throws IOException {
        return writer.commitIfDue();
    }

    /** Makes what is visible durable. */
    void commit() throws IOException {
        writer.commit();
    }

    /** Commits once more, to see whether the disk takes it. If it doesn't, this is closed. */
    void prove() throws IOException {
        try {
            Position reached = visible;
            if (reached != null) {
                writer.reached(reached, true);
            }
            writer.commit();
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(this::release);
            throw e;
        }
    }

    public Candidates search(CandidateQuery query) throws IOException {
        // Before the searcher, so that it can only be newer than what is said about it.
        Position reached = visible;
        long sequence = reached == null ? 0 : reached.sequence();
        return read(searcher -> new CandidateSearch(searcher, documents, shape).candidates(query, sequence));
    }

    public IndexSize size() throws IOException {
        return read(searcher -> new CandidateSearch(searcher, documents, shape).size());
    }

    /** The stamps of the next documents behind {@code after}, in the order of their ids; null begins. */
    public List<Stamp> stamps(@Nullable UUID after, int limit) throws IOException {
        return read(searcher -> new StampReader(searcher.getIndexReader()).after(after, limit));
    }

    /** The stamps of those of the documents that are there. */
    public Map<UUID, Long> stamps(Set<UUID> documentIds) throws IOException {
        return read(searcher -> new StampReader(searcher.getIndexReader()).of(documentIds));
    }

    private interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    private <T> T read(Reading<T> reading) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.from(searcher);
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
            if (!deleted && failure() == null) {
                commit();
            }
        } finally {
            IOUtils.close(searchers, writer::close);
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
