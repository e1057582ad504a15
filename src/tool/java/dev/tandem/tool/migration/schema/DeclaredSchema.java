package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model: the entities' DDL between the declared SQL that comes before it (extensions, types) and after it (functions, triggers, views). */
public record DeclaredSchema(String before, EntityDdl ofEntities, String after) {

    private static final int MOST_SHOWN = 120;

    /** The table that a statement of Hibernate makes or changes. */
    private static final Pattern TABLE =
            Pattern.compile("(?:create table|alter table if exists|comment on \\w+| on) (?:\\w+\\.)?\"?(\\w+)");

    /**
     * Made from compiled entities and the folder with {@code before.sql} and {@code after.sql}.
     *
     * @throws MigrationRefusal if there are no entities, or Hibernate refuses them
     */
    public static DeclaredSchema of(Path classes, Path declaredSql) {
        EntityDdl entities = EntityDdl.of(EntityClasses.in(classes));
        return new DeclaredSchema(
                read(declaredSql.resolve("before.sql")), entities, read(declaredSql.resolve("after.sql")));
    }

    /** A model of entities only. */
    public static DeclaredSchema of(List<Class<?>> entities) {
        return new DeclaredSchema("", EntityDdl.of(entities), "");
    }

    /**
     * Creates the model in an empty database.
     *
     * @throws MigrationRefusal if PostgreSQL refuses a part of it
     */
    public void create(ScratchDatabase database) {
        run(database, "before.sql", before);
        ofEntities.statements().forEach(sql -> run(database, entity(sql), sql));
        run(database, "after.sql", after);
    }

    /** The statements of the entities. */
    public List<String> entities() {
        return ofEntities.statements();
    }

    private String entity(String sql) {
        Matcher table = TABLE.matcher(sql);
        return table.find() ? ofEntities.owners().getOrDefault(table.group(1), "an entity") : "an entity";
    }

    private static void run(ScratchDatabase database, String part, String sql) {
        try {
            database.run(sql);
        } catch (SQLException e) {
            throw new MigrationRefusal(
                    "PostgreSQL refuses what " + part + " declares: " + Server.oneLine(e) + shown(part, sql), e);
        }
    }

    /** The statement, which tells the table; a file is at hand already. */
    private static String shown(String part, String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return part.endsWith(".sql")
                ? ""
                : " in \"" + (line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + " .." : line) + "\"";
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
