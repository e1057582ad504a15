package dev.tandem.index.lucene.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.jboss.logging.Logger;

/**
 * The folder of one collection: a folder for each generation of its index, named by a number, and a file that names the current generation.
 */
final class IndexFolder {

    private static final Logger LOG = Logger.getLogger(IndexFolder.class);
    private static final String POINTER = "current";

    /** Held while one is made or deleted: empty for a moment, one could go while a generation begins in it. */
    private static final Object COLLECTION_FOLDERS = new Object();

    private final Path path;
    private boolean tidied;

    IndexFolder(Path path) {
        this.path = path;
    }

    /** The current generation; empty if none was ever finished. */
    Optional<Path> current() throws IOException {
        try {
            String name = Files.readString(path.resolve(POINTER)).strip();
            return Optional.of(name)
                    .filter(IndexFolder::isGeneration)
                    .map(path::resolve)
                    .filter(Files::isDirectory);
        } catch (NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Makes this the current generation, atomically and durably. */
    void point(Path generation) throws IOException {
        Path next = path.resolve(POINTER + ".next");
        Files.writeString(next, generation.getFileName().toString());
        IOUtils.fsync(next, false);
        Files.move(next, path.resolve(POINTER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        IOUtils.fsync(path, true);
    }

    /** Leaves no generation current. Their folders stay, because readers may still use them. */
    void forget() throws IOException {
        Files.deleteIfExists(path.resolve(POINTER));
    }

    /** A folder for a new generation. */
    Path next() throws IOException {
        synchronized (COLLECTION_FOLDERS) {
            Files.createDirectories(path);
            long last = 0;
            for (Path generation : generations()) {
                last = Math.max(last, Long.parseLong(generation.getFileName().toString()));
            }
            return Files.createDirectory(path.resolve(Long.toString(last + 1)));
        }
    }

    /** Does {@link #tidy()} until it has succeeded once; generations that appear later are in use. */
    void tidyAtFirst() throws IOException {
        if (!tidied) {
            tidy();
            tidied = true;
        }
    }

    /** Deletes every generation but the current one: the others were never finished, or are no longer needed. */
    void tidy() throws IOException {
        Optional<Path> current = current();
        for (Path generation : generations()) {
            if (!current.equals(Optional.of(generation))) {
                deleteGeneration(generation);
            }
        }
    }

    private List<Path> generations() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> isGeneration(file.getFileName().toString()))
                    .toList();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static boolean isGeneration(String name) {
        return name.matches("\\d{1,18}");
    }

    /** Closes what is open of a generation, whose files may have gone already, and deletes its folder as {@link #deleteGeneration} does. */
    static void deleteClosed(Path generation, Closeable... open) {
        IOUtils.closeWhileHandlingException(open);
        deleteGeneration(generation);
    }

    /** Deletes the folder of a generation, and that of its collection if nothing else is in it. What cannot be deleted stays. */
    static void deleteGeneration(Path generation) {
        try {
            if (Files.exists(generation)) {
                IOUtils.rm(generation);
            }
            synchronized (COLLECTION_FOLDERS) {
                Files.deleteIfExists(generation.getParent());
            }
        } catch (DirectoryNotEmptyException e) {
            // The collection has another generation.
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be deleted. It will be when the service starts again.", generation);
        }
    }
}
