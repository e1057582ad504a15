package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import dev.tandem.tool.migration.script.ScriptHeader;
import dev.tandem.tool.migration.script.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A script for the user to fill in. */
record BlankScript(Instant now, Optional<String> head, String message) {

    private static final String STRUCTURE = """
            set local lock_timeout = '5s';

            -- write the change here
            """;

    private static final String DATA = """
            set local lock_timeout = '5s';

            -- Change the rows here. A statement may run while the application does, and again after a failure: say which rows
            -- still need it, as in
            --   update book set language = 'en' where language is null;
            """;

    /** Changed rows stay changed when the schema is taken back. */
    private static final String NOTHING_TO_UNDO = """
            -- undoes: %s

            -- write here what takes the change back, if anything has to
            """;

    Revision revision(boolean data) {
        String version = Versions.at(now, head);
        String text = new ScriptHeader(head, Optional.empty()) + (data ? DATA : STRUCTURE);
        MigrationScript script = new MigrationScript(version, Versions.slug(message), text);
        MigrationScript undo = new MigrationScript(version, script.slug(), NOTHING_TO_UNDO.formatted(version));
        return new Revision(
                List.of(script), Optional.of(undo), new Difference(List.of(), List.of(), List.of()), List.of());
    }
}
