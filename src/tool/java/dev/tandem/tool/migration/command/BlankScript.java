package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Portions;
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

            -- More rows than may be locked together are changed in portions, each in a transaction of its own. All of this then takes the
            -- place of what is above: its first line has the script run again after a failure, and only because of VACUUM, its last one,
            -- Flyway opens no transaction.
            """ + Portions.example().replaceAll("(?m)^(?=.)", "--   ");

    /** Changed rows stay changed when the schema is taken back. */
    private static final String NOTHING_TO_UNDO = """
            -- undoes: %s

            -- write here what takes the change back, if anything has to
            """;

    Revision revision(boolean data) {
        String version = Versions.at(now, head);
        String text = new ScriptHeader(head, Optional.empty()) + (data ? DATA : STRUCTURE);
        MigrationScript script = new MigrationScript(version, Versions.slug(message), text);
        return new Revision(
                List.of(script),
                Optional.of(nothingToUndo(script)),
                new Difference(List.of(), List.of(), List.of()),
                List.of());
    }

    /** The undo script of one that changes rows. */
    static MigrationScript nothingToUndo(MigrationScript script) {
        return new MigrationScript(script.version(), script.slug(), NOTHING_TO_UNDO.formatted(script.version()));
    }
}
