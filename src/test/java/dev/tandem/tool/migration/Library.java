package dev.tandem.tool.migration;

import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A history of two scripts in a folder, the library and something more, and models to compare it with. */
record Library(ScratchDatabases databases, Path folder) {

    static final String FIRST = "20260101000000";
    static final String SECOND = "20260102000000";

    /** The history, its second script being {@code more}. */
    Replay history(String more) {
        write("V" + FIRST + "__library.sql", SchemaChange.resource("library.sql"));
        write("V" + SECOND + "__more.sql", more);
        return new Replay(databases, new MigratedSchema(folder));
    }

    /** The library as it shall be. */
    ScratchDatabase model(String changes) throws SQLException {
        ScratchDatabase model = databases.create();
        model.run(SchemaChange.resource("library.sql"));
        model.run(changes);
        return model;
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
