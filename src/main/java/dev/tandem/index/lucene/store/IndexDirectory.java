package dev.tandem.index.lucene.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FileSwitchDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;

/**
 * The files of an index. Those with the full vectors, by far the largest, are read and not mapped: a search compares a few hundred of
 * them, and a merge goes through them once, so that mapped they would only swell what the process seems to need.
 */
final class IndexDirectory {

    /** What a few changes make visible stays in memory. A reader keeps it there until it is merged, even when it has been committed. */
    private static final double CACHED_MERGE_MB = 0.25;

    private static final double CACHED_MB = 4;

    private static final Set<String> FULL_VECTORS = Set.of("vec");

    private final Directory files;
    private final Directory cached;

    private IndexDirectory(Directory files) {
        this.files = files;
        this.cached = new NRTCachingDirectory(files, CACHED_MERGE_MB, CACHED_MB);
    }

    /** @param disk what stands between Lucene and the files: in production nothing does */
    static IndexDirectory open(Path folder, UnaryOperator<Directory> disk) throws IOException {
        return new IndexDirectory(disk.apply(
                new FileSwitchDirectory(FULL_VECTORS, new NIOFSDirectory(folder), FSDirectory.open(folder), true)));
    }

    Directory lucene() {
        return cached;
    }

    /** Closes the files. What is only in memory is written to them. */
    void close() throws IOException {
        cached.close();
    }

    /** Closes the files and forgets what is only in memory: another one may have opened the folder by now. */
    void abandon() throws IOException {
        files.close();
    }
}
