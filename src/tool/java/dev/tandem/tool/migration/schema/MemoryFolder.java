package dev.tandem.tool.migration.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in memory for the data of a server that ends with the JVM. A scratch database consists of three hundred small files that exist for
 * a second, and a file system on a disk may take longer for them than PostgreSQL does.
 */
final class MemoryFolder {

    /** Linux has a file system in memory here; other systems have none that is always there. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Several times the size of a server with ten scratch databases. In a container, the whole folder is often smaller than that. */
    private static final long ROOM = 1L << 30;

    private static final String PREFIX = "tandem-scratch-";
    private static final String OWN = PREFIX + ProcessHandle.current().pid() + "-";

    /** The file in the folder that Embedded PostgreSQL keeps locked as long as its JVM lives. */
    private static final String LOCK = "epg-lock";

    /** Embedded PostgreSQL locks a new folder within this time. */
    private static final Duration BEGINNING = Duration.ofMinutes(1);

    private MemoryFolder() {}

    /** A new, empty folder; empty if the system has no memory to spare for it. */
    static Optional<Path> create() {
        return create(MEMORY, ROOM);
    }

    static Optional<Path> create(Path memory, long room) {
        try {
            if (!Files.isDirectory(memory) || !Files.isWritable(memory)) {
                return Optional.empty();
            }
            sweep(memory);
            return Files.getFileStore(memory).getUsableSpace() < room
                    ? Optional.empty()
                    : Optional.of(Files.createTempDirectory(memory, OWN));
        } catch (IOException | UncheckedIOException e) {
            // The folder only saves time: without one, the server uses the disk.
            return Optional.empty();
        }
    }

    /** Deletes what killed JVMs have left. A server that still runs there ends when it misses its files. */
    private static void sweep(Path memory) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(memory, PREFIX + "*")) {
            for (Path folder : folders) {
                // Not our own, because closing a file gives up all locks that the process has on it.
                if (!folder.getFileName().toString().startsWith(OWN) && isLeft(folder)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isLeft(Path folder) throws IOException {
        Instant limit = Instant.now().minus(BEGINNING);
        if (!Files.isWritable(folder)
                || Files.getLastModifiedTime(folder).toInstant().isAfter(limit)) {
            return false;
        }
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (NoSuchFileException e) {
            // Its JVM was killed before it had locked anything.
            return true;
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> content;
        try (Stream<Path> files = Files.walk(folder)) {
            content = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : content) {
            Files.deleteIfExists(file);
        }
    }
}
