package dev.tandem.tool.migration;

import java.nio.file.Path;

/**
 * The places of things in the project at {@code root}.
 *
 * @param classes the compiled entities
 */
public record Project(Path root, Path classes) {

    /** Uses the classes that Maven has compiled. */
    public Project(Path root) {
        this(root, root.resolve("target/classes"));
    }

    /** Flyway's scripts. */
    public Path migrations() {
        return root.resolve("src/main/resources/db/migration");
    }

    /** Migrations in Java; Flyway takes them with the scripts. */
    public Path javaMigrations() {
        return root.resolve("src/main/java/db/migration");
    }

    /** The undo script of each revision; only the tool runs them. */
    public Path undo() {
        return root.resolve("src/tool/resources/undo");
    }

    /** {@code before.sql} and {@code after.sql}: the part of the model that annotations cannot declare. */
    public Path declaredSql() {
        return root.resolve("src/tool/resources/model");
    }

    /** Where the application keeps the PostgreSQL of {@code quarkus:dev}. */
    public Path developmentData() {
        return root.resolve(".tandem/postgres");
    }
}
