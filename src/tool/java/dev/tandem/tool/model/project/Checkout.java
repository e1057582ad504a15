package dev.tandem.tool.model.project;

import java.nio.file.Path;

/** The places of things in the project at {@code root}. */
public record Checkout(Path root) {

    /** What is known of the models that were made. It is not read by anything but this tool. */
    public static final Path MANIFESTS = Path.of("src/tool/resources/models");

    public static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    public static final Path JAVA_MIGRATIONS = Path.of("src/main/java/db/migration");
    public static final Path UNDO = Path.of("src/tool/resources/undo");

    public Path manifests() {
        return root.resolve(MANIFESTS);
    }

    /** Where copies are made and journals are kept; nothing of it is needed later. */
    public Path work() {
        return root.resolve("target/model");
    }

    public Path migrations() {
        return root.resolve(MIGRATIONS);
    }

    /** The path in the project of what an addition to a model has left to do. */
    public Path leftovers(String word) {
        return root.relativize(work().resolve(word + ".patch"));
    }

    public Path mainSources() {
        return root.resolve("src/main/java");
    }

    public Path testSources() {
        return root.resolve("src/test/java");
    }
}
