package dev.tandem.index.lucene.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of all indexes. It contains one folder for each collection, named by the collection's id. */
public record IndexFolders(Path root) {

    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    public IndexFolder of(UUID collectionId) {
        return new IndexFolder(root.resolve(collectionId.toString()));
    }

    /** What all files take on the disk. Files that are deleted meanwhile count or not. Blocks. */
    public long bytes() throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    /** The collections that have a folder. */
    public Set<UUID> collections() throws IOException {
        if (!Files.isDirectory(root)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches(ID))
                    .map(UUID::fromString)
                    .collect(Collectors.toSet());
        }
    }
}
