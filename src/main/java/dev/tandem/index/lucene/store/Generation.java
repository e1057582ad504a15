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
import dev.tandem.work.Stop;
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
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * An open Lucene index in its folder. Reference-counted: {@link #acquire()} and {@link #release()} come in pairs, and the last release
 * closes it. When the disk fails, it accepts no more changes, but what it shows can still be searched.
 */
public final class Generation {

    private final Path folder;
    private final GuardedWriter writer;
    private final SearcherManager searchers;
    private final Shape shape;
    private final BitSetProducer documents = new QueryBitSetProducer(Fields.documents());
    private final AtomicInteger users = new AtomicInteger(1);
    /** Held while the visible state changes. */
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

    /** A new, empty generation in a new folder. */
    static Generation create(Path folder, Shape shape, WriterSettings settings) throws IOException {
        return open(folder, new CommitData(shape, null), settings);
    }

    /**
     * The generation in a folder, as of its last commit; empty if it has another format.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it names a codec that this version of Lucene does not know
     */
    static Optional<Generation> open(Path folder, WriterSettings settings) throws IOException {
        Optional<CommitData> data;
        try (Directory directory = settings.disk().apply(new NIOFSDirectory(folder));
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

    /** Everything up to this position is visible; empty while the index is being filled for the first time. */
    public Optional<Position> position() {
        return Optional.ofNullable(visible);
    }

    /** Why it accepts no more changes; null while it does. After the first failure of the disk it never accepts changes again. */
    @Nullable
    Exception failure() {
        return writer.failure();
    }

    /** Replaces and deletes documents; searches do not see this yet. Doing it twice has the same result. */
    public void add(List<IndexEntry> saved, Set<UUID> gone) throws IOException {
        writer.write(saved, gone);
    }

    /**
     * Replaces and deletes documents if this is at a position. Otherwise it does nothing and answers false.
     *
     * @param from the position; null if it has none yet
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

    /** Merges down what does not change any more, if it may; to be called now and then. Answers whether that goes on in the background. */
    boolean rest(boolean mayMerge) throws IOException {
        return writer.rest(searchers, mayMerge);
    }

    /** Commits what is visible, unless it is not worth it yet; answers whether it did. */
    boolean commitIfDue() throws IOException {
        return writer.commitIfDue();
    }

    /** Commits what is visible. */
    void commit() throws IOException {
        writer.commit();
    }

    /** Commits once more, to see whether the disk works. If it does not, this generation is closed. */
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

    /** The candidates for a query. It ends early, with a failure, when it is asked to stop. */
    public Candidates search(CandidateQuery query, Stop stop) throws IOException {
        // Read before the searcher, so that the searcher shows at least as much as is said about it.
        Position reached = visible;
        long sequence = reached == null ? 0 : reached.sequence();
        return read(searcher -> new CandidateSearch(searcher, documents, shape, stop).candidates(query, sequence));
    }

    public IndexSize size() throws IOException {
        return read(searcher -> new CandidateSearch(searcher, documents, shape, new Stop()).size());
    }

    /** The stamps of the next documents after {@code after}, in the order of their ids; null for the beginning. */
    public List<Stamp> stamps(@Nullable UUID after, int limit) throws IOException {
        return read(searcher -> new StampReader(searcher.getIndexReader()).after(after, limit));
    }

    /** The stamps of these documents, as far as the index has them. */
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

    /** Each call needs a {@link #release()}. Call it only while the generation is certainly in use by others. */
    Generation acquire() {
        users.incrementAndGet();
        return this;
    }

    boolean isIdle() {
        return users.get() == 1;
    }

    /** Deletes the folder once the generation is no longer in use. */
    void delete() {
        deleted = true;
    }

    boolean isWanted() {
        return !deleted;
    }

    void release() throws IOException {
        if (users.decrementAndGet() == 0) {
            close();
        }
    }

    /** Commits what is visible and releases the folder; running searches may finish. */
    private void close() throws IOException {
        try {
            if (!deleted && failure() == null) {
                commit();
            }
        } finally {
            if (deleted) {
                IndexFolder.deleteClosed(folder, searchers, writer::close);
            } else {
                IOUtils.close(searchers, writer::close);
            }
            closed.countDown();
        }
    }

    /** Waits for a limited time until the generation is no longer in use. */
    void awaitClosed(Duration patience) throws InterruptedException {
        closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
