package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.schema.CompiledMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script with its version and name: {@code V20261123040000__add_language.sql}; an undo script begins with {@code U}. One that changes rows may
 * be the source of a class instead, which has the same name but for {@code .java}.
 *
 * @param version UTC, {@code yyyyMMddHHmmss}; scripts run in its order
 */
public record MigrationScript(String version, String slug, String text, boolean isJava) {

    private static final Pattern NAME = Pattern.compile("[VU](\\d+(?:[._]\\d+)*)__(.+)\\.(sql|java)");

    /** One in SQL. */
    public MigrationScript(String version, String slug, String text) {
        this(version, slug, text, false);
    }

    /** Empty if the file is not named like a script. */
    static Optional<MigrationScript> read(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MigrationScript(
                    name.group(1),
                    name.group(2),
                    Files.readString(file),
                    name.group(3).equals("java")));
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    public ScriptHeader header() {
        return ScriptHeader.in(text);
    }

    public String fileName() {
        return name() + (isJava ? ".java" : ".sql");
    }

    /** What Flyway's history calls it. */
    public String historyName() {
        return isJava ? CompiledMigration.PACKAGE + name() : fileName();
    }

    private String name() {
        return "V" + version + "__" + slug;
    }

    /** Its file. */
    public Path in(Project project) {
        return (isJava ? project.javaMigrations() : project.migrations()).resolve(fileName());
    }

    /** @throws MigrationRefusal if it is in Java and does not compile */
    public void refuseUncompilable() {
        if (isJava) {
            CompiledMigration.of(name(), text);
        }
    }

    /** How a line begins that is a comment. */
    public String comment() {
        return isJava ? "// " : "-- ";
    }

    public String undoName() {
        return "U" + version + "__" + slug + ".sql";
    }

    public MigrationScript with(ScriptHeader header) {
        return new MigrationScript(version, slug, header.over(text, comment()), isJava);
    }

    /** The same with another version, and lines before it. */
    public MigrationScript at(String newVersion, String lines) {
        MigrationScript moved = new MigrationScript(newVersion, slug, text, isJava);
        return new MigrationScript(
                newVersion, slug, lines + (isJava ? text.replace(name(), moved.name()) : text), isJava);
    }
}
