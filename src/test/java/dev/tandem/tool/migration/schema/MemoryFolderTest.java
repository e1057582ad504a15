package dev.tandem.tool.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder for a scratch server's data. */
class MemoryFolderTest {

    @TempDir
    Path memory;

    @Test
    void isNewAndEmpty() {
        Path one = MemoryFolder.create(memory, 1).orElseThrow();
        Path other = MemoryFolder.create(memory, 1).orElseThrow();

        assertThat(one).isEmptyDirectory().hasParent(memory).isNotEqualTo(other);
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void isNothingWhereMemoryIsShortOrMissing() {
        assertThat(MemoryFolder.create(memory, Long.MAX_VALUE)).isEmpty();
        assertThat(MemoryFolder.create(memory.resolve("missing"), 1)).isEmpty();
    }

    @Test
    void isNothingWhereTheFolderCannotBeSwept() throws Exception {
        Path strange = old(Files.createDirectory(memory.resolve("tandem-scratch-0-strange")));
        Files.createDirectory(strange.resolve("epg-lock"));
        old(strange);

        assertThat(MemoryFolder.create(memory, 1)).isEmpty();
    }

    @Test
    void sweepsWhatAKilledProcessHasLeft() throws Exception {
        Path left = folder("tandem-scratch-0-left");
        Path neverLocked = old(Files.createDirectory(memory.resolve("tandem-scratch-0-never-locked")));
        Path begun = Files.createDirectory(memory.resolve("tandem-scratch-0-begun"));
        Path foreign = folder("something-else-0-kept");
        Path alive = folder("tandem-scratch-0-alive");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        alive.resolve("epg-lock").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.lines().anyMatch("locked"::equals)).isTrue();

            MemoryFolder.create(memory, 1);

            assertThat(left).doesNotExist();
            assertThat(neverLocked).doesNotExist();
            assertThat(begun).exists();
            assertThat(foreign).exists();
            assertThat(alive).exists();
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor()).isNotZero();

        MemoryFolder.create(memory, 1);

        assertThat(alive).doesNotExist();
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectory(memory.resolve(name));
        Files.createFile(folder.resolve("epg-lock"));
        Files.createFile(Files.createDirectory(folder.resolve("base")).resolve("1"));
        return old(folder);
    }

    private static Path old(Path folder) throws IOException {
        return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
    }

    /** Locks a file, says so, and waits to be killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (FileChannel file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                file.lock();
                System.out.println("locked");
                Thread.currentThread().join();
            }
        }
    }
}
