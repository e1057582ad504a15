package dev.tandem.tool.model.project;

import dev.tandem.tool.model.ModelRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes files as text in UTF-8. */
public final class Texts {

    private Texts() {}

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ModelRefusal("Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes a file, whose folders are made. */
    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ModelRefusal("Can't write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Deletes a file, and the folders that have nothing in them then, up to a folder that stays. */
    static void delete(Path file, Path stays) {
        try {
            Files.deleteIfExists(file);
            Path folder = file.getParent();
            while (!folder.equals(stays) && isEmpty(folder)) {
                Files.delete(folder);
                folder = folder.getParent();
            }
        } catch (IOException e) {
            throw new ModelRefusal("Can't delete " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** The regular files of a folder and of those in it; none if there is no such folder. */
    public static List<Path> under(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with everything in it, if it is there. */
    static void copy(Path folder, Path to) {
        try {
            for (Path file : under(folder)) {
                Path copy = to.resolve(folder.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new ModelRefusal("Can't copy " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Deletes a folder with everything in it, if it is there. */
    public static void clear(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new ModelRefusal("Can't delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
