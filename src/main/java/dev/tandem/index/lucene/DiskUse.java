package dev.tandem.index.lucene;

import dev.tandem.index.lucene.store.IndexFolders;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What the files of all indexes take on the disk. It is looked at once a minute, because there may be many. */
final class DiskUse {

    private static final Logger LOG = Logger.getLogger(DiskUse.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final IndexFolders folders;
    private volatile long bytes;
    private volatile long lookedAt = System.nanoTime() - PAUSE.toNanos();

    DiskUse(IndexFolders folders) {
        this.folders = folders;
    }

    /** Looks, if the last time is long enough ago. Blocks. */
    void look() {
        if (System.nanoTime() - lookedAt < PAUSE.toNanos()) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            bytes = folders.bytes();
        } catch (IOException e) {
            LOG.debugf(e, "The folder of the indexes can't be measured now.");
        }
    }

    /** As of the last look. */
    long bytes() {
        return bytes;
    }
}
