package dev.tandem.index.lucene.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of all indexes. It contains one folder for each collection, named by the collection's id. */
public record IndexFolders(Path root) {

    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    public IndexFolder of(UUID collectionId) {
        return new IndexFolder(root.resolve(collectionId.toString()));
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
