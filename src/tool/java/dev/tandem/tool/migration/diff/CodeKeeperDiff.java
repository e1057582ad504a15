package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgcodekeeper.core.api.PgCodeKeeperApi;
import org.pgcodekeeper.core.database.base.jdbc.IJdbcConnector;
import org.pgcodekeeper.core.ignorelist.IgnoreSchemaList;
import org.pgcodekeeper.core.loader.DatabaseLoader;
import org.pgcodekeeper.core.loader.LoaderFactory;
import org.pgcodekeeper.core.monitor.NullMonitor;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.settings.CoreSettings;

/** Wraps pgCodeKeeper. No other class uses it, because its API changes with each version. */
final class CodeKeeperDiff implements SchemaDiff {

    private static final Pattern PUBLIC = Pattern.compile("\\bpublic\\.");
    private static final Pattern CATALOG = Pattern.compile("\\bpg_catalog\\.");

    private static final Pattern ALTER_TABLE = Pattern.compile("ALTER TABLE (?:ONLY )?\\S+\\s+");
    private static final Pattern ACTION = Pattern.compile(",\\s*\\n\\s*(?=(?:ALTER|ADD|DROP) COLUMN )");

    /** Flyway's table is not part of the schema. */
    private static final String FLYWAY = "flyway_schema_history";

    private final CoreSettings settings = new CoreSettings();

    CodeKeeperDiff() {
        settings.setIgnoreColumnOrder(true);
        settings.setIgnorePrivileges(true);
    }

    @Override
    public List<Operation> between(SettledSchema from, SettledSchema to) {
        try {
            String script = PgCodeKeeperApi.diff(settings, loaded(from), loaded(to));
            return Statements.in(script).stream()
                    // Flyway uses the same session for the next scripts, which would not find their tables.
                    .filter(sql -> !sql.startsWith("SET "))
                    .filter(sql -> !sql.contains(FLYWAY))
                    .map(CodeKeeperDiff::tidy)
                    .flatMap(CodeKeeperDiff::actions)
                    .map(OperationReader::read)
                    .toList();
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Loading is most of a comparison, and a schema is compared several times. */
    private AbstractDatabase loaded(SettledSchema schema) {
        return schema.as(AbstractDatabase.class, this::load);
    }

    private AbstractDatabase load(ScratchDatabase database) {
        DatabaseLoader loader = LoaderFactory.createJdbcLoader(
                settings, "UTC", new Connector(database), new NullMonitor(), new IgnoreSchemaList());
        try {
            AbstractDatabase schema = loader.loadAndAnalyze();
            if (!loader.getErrors().isEmpty()) {
                throw new IllegalStateException("The schema can't be read: " + loader.getErrors());
            }
            return schema;
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException failed(IOException e) {
        return new IllegalStateException("The schemas can't be compared: " + e.getMessage(), e);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while comparing schemas", e);
    }

    /** Lends the loader the session that the database keeps. */
    private record Connector(ScratchDatabase database) implements IJdbcConnector {

        @Override
        public Connection getConnection() {
            return database.connection();
        }

        @Override
        public String getBatchDelimiter() {
            return "";
        }

        @Override
        public String getUrl() {
            return database.server().url();
        }
    }

    /** Several actions on one table come as one statement. */
    private static Stream<String> actions(String sql) {
        Matcher table = ALTER_TABLE.matcher(sql);
        return table.lookingAt()
                ? ACTION.splitAsStream(sql.substring(table.end())).map(action -> table.group() + action.strip())
                : Stream.of(sql);
    }

    private static String tidy(String sql) {
        String unqualified = Statements.replaceOutside(Statements.replaceOutside(sql, PUBLIC, ""), CATALOG, "");
        unqualified = unqualified.replaceFirst("^(CREATE (?:UNIQUE )?INDEX) IF NOT EXISTS ", "$1 ");
        return unqualified.contains("$") ? unqualified : unqualified.replace("\t", "    ");
    }
}
