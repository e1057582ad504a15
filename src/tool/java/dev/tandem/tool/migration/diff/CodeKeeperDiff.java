package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgcodekeeper.core.PgCodekeeperException;
import org.pgcodekeeper.core.api.DatabaseFactory;
import org.pgcodekeeper.core.api.PgCodeKeeperApi;
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
    public List<Operation> between(ScratchDatabase from, ScratchDatabase to) {
        try {
            String script = PgCodeKeeperApi.diff(settings, load(from.server()), load(to.server()));
            return Statements.in(script).stream()
                    // Flyway uses the same session for the next scripts, which would not find their tables.
                    .filter(sql -> !sql.startsWith("SET "))
                    .filter(sql -> !sql.contains(FLYWAY))
                    .map(CodeKeeperDiff::tidy)
                    .flatMap(CodeKeeperDiff::actions)
                    .map(OperationReader::read)
                    .toList();
        } catch (IOException | PgCodekeeperException e) {
            throw new IllegalStateException("The schemas can't be compared: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while comparing schemas", e);
        }
    }

    private AbstractDatabase load(Server server) throws IOException, InterruptedException, PgCodekeeperException {
        String separator = server.url().contains("?") ? "&" : "?";
        return new DatabaseFactory(settings)
                .loadFromJdbc(server.url() + separator + "user=" + encoded(server.user()) + "&password="
                        + encoded(server.password()));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
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
        return unqualified.contains("$") ? unqualified : unqualified.replace("\t", "    ");
    }
}
