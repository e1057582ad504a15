package dev.tandem.index.lucene.store;

import dev.tandem.domain.change.Position;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.merge.IndexMerges;
import dev.tandem.index.lucene.shape.DocumentBlock;
import dev.tandem.index.lucene.shape.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's writer for one folder. It stops for good at its first failure, because after that only the last commit on the disk is certain.
 * Searchers that it opened can still be used.
 */
final class GuardedWriter {

    /** How long a position that moves without changes may stay uncommitted: the changes of other collections move it. */
    private static final Duration MOVED_ONLY = Duration.ofMinutes(1);

    /** An index rests if no more documents have changed from one look at it to the next. */
    private static final int FEW = 100;

    private final IndexDirectory directory;
    private final IndexWriter writer;
    private final IndexMerges merges;
    private final Shape shape;
    /** Held while the content of the next commit changes. */
    private final ReentrantLock committing = new ReentrantLock();

    private volatile @Nullable Exception failure;
    /** How many documents were written since it was last looked whether this rests. */
    private final AtomicInteger written = new AtomicInteger();

    private boolean changed;
    private boolean moved;
    private long committedAt = System.nanoTime();

    private GuardedWriter(IndexDirectory directory, IndexWriter writer, IndexMerges merges, Shape shape) {
        this.directory = directory;
        this.writer = writer;
        this.merges = merges;
        this.shape = shape;
    }

    static GuardedWriter open(Path folder, Shape shape, WriterSettings settings) throws IOException {
        IndexDirectory directory = IndexDirectory.open(folder, settings.disk());
        try {
            IndexMerges merges =
                    new IndexMerges(() -> Files.getFileStore(folder).getUsableSpace());
            IndexWriter writer = new IndexWriter(directory.lucene(), settings.toLucene(shape, merges));
            return new GuardedWriter(directory, writer, merges, shape);
        } catch (Throwable e) {
            IOUtils.closeWhileHandlingException(directory::abandon);
            throw e;
        }
    }

    SearcherManager searchers() throws IOException {
        return new SearcherManager(writer, new SearcherFactory());
    }

    /** Why it can no longer write; null while it can. */
    @Nullable
    Exception failure() {
        Exception known = failure;
        return known == null && !writer.isOpen() ? new IOException(writer.getTragicException()) : known;
    }

    /** Replaces and deletes documents. */
    void write(List<IndexEntry> saved, Set<UUID> gone) throws IOException {
        written.addAndGet(saved.size() + gone.size());
        guarded(() -> {
            for (IndexEntry entry : saved) {
                writer.updateDocuments(Fields.blockTerm(entry.document().id()), DocumentBlock.of(entry, shape));
            }
            writer.deleteDocuments(gone.stream().map(Fields::blockTerm).toArray(Term[]::new));
        });
    }

    /** Makes the written changes visible to the searchers. */
    void show(SearcherManager searchers) throws IOException {
        guarded(searchers::maybeRefreshBlocking);
    }

    /**
     * Notes the position for the next commit.
     *
     * @param changes whether documents were written; false if only the position has moved
     */
    void reached(Position position, boolean changes) {
        committing.lock();
        try {
            writer.setLiveCommitData(new CommitData(shape, position).toMap().entrySet());
            changed |= changes;
            moved = true;
        } finally {
            committing.unlock();
        }
    }

    /**
     * Looks whether this rests; to be called now and then. Then it is merged down in the background, if it may be, and what has been merged
     * reaches searchers and the next commit. Answers whether merging goes on.
     */
    boolean rest(SearcherManager searchers, boolean mayMerge) throws IOException {
        boolean rests = written.getAndSet(0) <= FEW && mayMerge;
        merges.rest(rests);
        if (failure() != null) {
            return false;
        }
        guarded(() -> {
            if (merges.tookPlace()) {
                searchers.maybeRefresh();
                noteChange();
            }
            if (rests) {
                writer.forceMerge(1, false);
            }
        });
        return rests && !writer.getMergingSegments().isEmpty();
    }

    private void noteChange() {
        committing.lock();
        try {
            changed = true;
        } finally {
            committing.unlock();
        }
    }

    /**
     * Commits what was reached, unless it is not worth it yet, because only the position has moved, and only recently. Answers whether
     * anything was written.
     */
    boolean commitIfDue() throws IOException {
        committing.lock();
        try {
            Exception known = failure();
            if (known != null) {
                throw new IOException(known);
            }
            return (changed || System.nanoTime() - committedAt > MOVED_ONLY.toNanos()) && commit();
        } finally {
            committing.unlock();
        }
    }

    /** Commits what was reached; answers whether anything had to be written for it. */
    boolean commit() throws IOException {
        committing.lock();
        try {
            boolean due = changed || moved;
            if (due) {
                guarded(writer::commit);
                changed = false;
                moved = false;
                committedAt = System.nanoTime();
            }
            return due;
        } finally {
            committing.unlock();
        }
    }

    /** Releases the folder. What was not committed is lost. */
    void close() throws IOException {
        boolean intact = failure() == null;
        IOUtils.close(writer::rollback, intact ? directory::close : directory::abandon);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void guarded(Writing work) throws IOException {
        try {
            work.run();
        } catch (IOException | AlreadyClosedException e) {
            failure = e;
            IOUtils.closeWhileHandlingException(writer::rollback);
            throw e;
        }
    }
}
