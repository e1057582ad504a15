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

    /** What few changes make visible stays in memory until it is committed or merged. */
    private static final double CACHED_MERGE_MB = 2;

    private static final double CACHED_MB = 16;

    private static final Set<String> FULL_VECTORS = Set.of("vec");

    private IndexDirectory() {}

    static Directory open(Path folder) throws IOException {
        Directory files =
                new FileSwitchDirectory(FULL_VECTORS, new NIOFSDirectory(folder), FSDirectory.open(folder), true);
        return new NRTCachingDirectory(files, CACHED_MERGE_MB, CACHED_MB);
    }
}
