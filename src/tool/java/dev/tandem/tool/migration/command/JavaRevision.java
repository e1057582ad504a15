package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import dev.tandem.tool.migration.script.ScriptHeader;
import dev.tandem.tool.migration.script.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A migration in Java for the user to fill in. It changes rows only, so it leads to the schema of the script that it follows. */
record JavaRevision(Instant now, Optional<MigrationScript> head, String message) {

    private static final String TEXT = """
            package db.migration;

            import dev.tandem.database.migration.RowMigration;
            import java.sql.PreparedStatement;
            import java.sql.ResultSet;
            import java.sql.SQLException;
            import java.util.List;

            /**
             * Changes rows, in portions that are transactions of their own. It begins again after a failure, so the query says which rows still need it.
             * It may use libraries, but no class of the application, which goes on changing.
             */
            public class V%s__%s extends RowMigration {

                @Override
                protected List<String> key() {
                    return List.of("id");
                }

                @Override
                protected String rows() {
                    return "SELECT id, title FROM book WHERE slug IS NULL";
                }

                @Override
                protected String statement() {
                    return "UPDATE book SET slug = ? WHERE id = ?";
                }

                @Override
                protected void change(ResultSet row, PreparedStatement statement) throws SQLException {
                    statement.setString(1, row.getString("title"));
                    statement.setObject(2, row.getObject("id"));
                }
            }
            """;

    Revision revision() {
        String version = Versions.at(now, head.map(MigrationScript::version));
        String slug = Versions.slug(message);
        ScriptHeader header =
                new ScriptHeader(head.map(MigrationScript::version), head.flatMap(script -> script.header()
                        .fingerprint()));
        MigrationScript script = new MigrationScript(version, slug, TEXT.formatted(version, slug), true).with(header);
        return new Revision(
                List.of(script),
                Optional.of(BlankScript.nothingToUndo(script)),
                new Difference(List.of(), List.of(), List.of()),
                List.of("It is an example: say which rows it changes, and how"));
    }
}
