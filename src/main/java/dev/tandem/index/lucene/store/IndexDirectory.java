package dev.tandem.index.lucene.store;

import dev.tandem.index.lucene.image.BufferDirectory;
import io.quarkus.runtime.ImageMode;
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
 * The files of an index. The files with the full vectors, by far the largest, are read and not memory-mapped: a search compares only a few
 * hundred vectors, and a merge reads them once, so mapping them would only inflate the memory that the process seems to need.
 */
final class IndexDirectory {

    /** Small sets of changes are made visible from memory. A reader keeps them in memory until they are merged, even after a commit. */
    private static final double CACHED_MERGE_MB = 0.25;

    private static final double CACHED_MB = 4;

    private static final Set<String> FULL_VECTORS = Set.of("vec");

    /** Lucene maps files with arenas that threads share, which native images have only as an experiment. */
    private static final boolean IN_IMAGE = ImageMode.current() != ImageMode.JVM;

    private final Directory files;
    private final Directory cached;

    private IndexDirectory(Directory files) {
        this.files = files;
        this.cached = new NRTCachingDirectory(files, CACHED_MERGE_MB, CACHED_MB);
    }

    /** @param disk a layer between Lucene and the files; production has none */
    static IndexDirectory open(Path folder, UnaryOperator<Directory> disk) throws IOException {
        Directory mapped = IN_IMAGE ? new BufferDirectory(folder) : FSDirectory.open(folder);
        return new IndexDirectory(
                disk.apply(new FileSwitchDirectory(FULL_VECTORS, new NIOFSDirectory(folder), mapped, true)));
    }

    Directory lucene() {
        return cached;
    }

    /** Closes the files. What exists only in memory is written to them. */
    void close() throws IOException {
        cached.close();
    }

    /** Closes the files and drops what exists only in memory, because another writer may have opened the folder by now. */
    void abandon() throws IOException {
        files.close();
    }
}
