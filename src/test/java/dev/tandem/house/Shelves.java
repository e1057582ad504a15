package dev.tandem.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Limits of size: a long file needs another class, and a full folder needs another folder.
 *
 * @param sources the folder that the packages are in
 */
record Shelves(Path sources) {

    static final int MOST_LINES = 250;
    static final int MOST_FILES = 14;

    /** One file for each table, so that a table's file is found by its name. */
    private static final Set<String> A_FILE_A_TABLE = Set.of("repository", "database/entity", "database/mapper");

    /** One word for one thing: a folder of this name is about the same in every room. */
    private static final Set<String> WORDS = Set.of(
            // the rooms
            "api",
            "service",
            "factory",
            "domain",
            "repository",
            "database",
            "index",
            "embedding",
            "sync",
            "work",
            "remote",
            "init",
            // what they are about
            "collection",
            "document",
            "revision",
            "metadata",
            "search",
            "several",
            "change",
            "byfilter",
            "imports",
            "lines",
            "csv",
            "exports",
            "transfer",
            "copy",
            "job",
            "parked",
            "maintenance",
            "info",
            "idempotency",
            "refusal",
            "access",
            "key",
            "token",
            // parts of one room
            "http",
            "gate",
            "request",
            "callers",
            "body",
            "paging",
            "quota",
            "projection",
            "json",
            "problem",
            "openapi",
            "connection",
            "entity",
            "filter",
            "geo",
            "mapper",
            "migration",
            "schema",
            "session",
            "rules",
            "text",
            "shared",
            "parts",
            "telemetry",
            "check",
            "lucene",
            "opensearch",
            "pgvector",
            "pinecone",
            "query",
            "shape",
            "store",
            "image",
            "merge",
            "onnx",
            "passage",
            "variety",
            "ranked",
            "example",
            "rerank",
            "facet",
            "advice",
            "health");

    /** The files with too many lines, with their number. */
    Map<String, Long> longFiles() {
        Map<String, Long> found = new TreeMap<>();
        for (Path file : files("")) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > MOST_LINES) {
                    found.put(name(file), count);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** The folders with too many classes, with their number. */
    Map<String, Integer> fullFolders() {
        Map<String, Integer> found = new TreeMap<>();
        files("package-info.java").forEach(file -> found.merge(name(file.getParent()), 1, Integer::sum));
        found.entrySet()
                .removeIf(folder -> folder.getValue() <= MOST_FILES || A_FILE_A_TABLE.contains(folder.getKey()));
        return found;
    }

    /** The folders whose name is not one of the words for what the product is about, and not the name of a model. */
    List<String> foldersOfOtherWords() {
        Set<String> models = models();
        return files("").stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !folder.equals(sources))
                .filter(folder -> !WORDS.contains(folder.getFileName().toString()))
                .filter(folder -> !models.contains(folder.getFileName().toString()))
                .map(this::name)
                .sorted()
                .toList();
    }

    /** The models: what has a folder of the domain to itself, and an aggregate of that name in it. Their other folders have this name too. */
    Set<String> models() {
        return files("").stream()
                .filter(file ->
                        isAggregate(file) && file.getParent().getParent().endsWith("domain"))
                .map(file -> file.getParent().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isAggregate(Path file) {
        String type = file.getFileName().toString().replace(".java", "");
        try {
            return type.equalsIgnoreCase(file.getParent().getFileName().toString())
                    && Files.readString(file).contains("@Aggregate\npublic record " + type + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files(String butNot) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith(butNot))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(Path path) {
        return sources.relativize(path).toString().replace('\\', '/');
    }
}
