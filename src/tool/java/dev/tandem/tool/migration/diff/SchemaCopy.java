package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of a database in use, built again in a scratch database: a comparison settles and tries things, and the database itself is only
 * read.
 */
public final class SchemaCopy {

    /** A function may speak of tables that come after it. */
    private static final String UNCHECKED = "set check_function_bodies = off; ";

    private SchemaCopy() {}

    /** @throws MigrationRefusal if the scratch server lacks something that the schema needs, such as an extension */
    public static ScratchDatabase of(ScratchDatabase live, ScratchDatabases databases) {
        ScratchDatabase copy = databases.create();
        List<String> left = new CodeKeeperDiff()
                .between(SettledSchema.alreadySettled(copy), SettledSchema.alreadySettled(live)).stream()
                        .filter(operation -> !operation.sql().contains(" OWNER TO "))
                        .map(Operation::sql)
                        .toList();
        while (!left.isEmpty()) {
            List<String> failed = new ArrayList<>();
            left.stream().filter(sql -> !copy.tried(UNCHECKED + sql)).forEach(failed::add);
            if (failed.size() == left.size()) {
                throw new MigrationRefusal("The schema can't be built again for the comparison: "
                        + reason(copy, failed.get(0)) + "; --scratch-url names a server that has what it needs");
            }
            left = failed;
        }
        return copy;
    }

    private static String reason(ScratchDatabase copy, String sql) {
        try {
            copy.run(UNCHECKED + sql);
            return sql;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }
}
