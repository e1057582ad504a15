package dev.tandem.index.lucene.store;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTroubleTest {

    @TempDir
    Path folder;

    /** A disk that was full for an hour may have room again any moment. */
    @Test
    void aDiskIsTriedAgainWithinSecondsHoweverLongItHasFailed() {
        DiskTrouble trouble = new DiskTrouble(new IndexFolder(folder));
        for (int failures = 0; failures < 1_000; failures++) {
            trouble.note(new IOException("No space left on device"));
        }
        await().atMost(Duration.ofSeconds(3)).until(trouble::isDue);
    }
}
