package dev.tandem.index.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
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

    private IndexDirectory() {}

    static Directory open(Path folder) throws IOException {
        Directory files =
                new FileSwitchDirectory(FULL_VECTORS, new NIOFSDirectory(folder), FSDirectory.open(folder), true);
        return new NRTCachingDirectory(files, CACHED_MERGE_MB, CACHED_MB);
    }
}
