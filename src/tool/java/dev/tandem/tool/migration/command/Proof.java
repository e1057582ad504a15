package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledExpressions;

/** The fingerprints in the headers of scripts: those of settled schemas. */
final class Proof {

    private Proof() {}

    /** Also settles the database. */
    static CatalogFingerprint of(ScratchDatabase database) {
        SettledExpressions.settle(database);
        return CatalogFingerprint.of(database);
    }

    static String hash(ScratchDatabase database) {
        return of(database).hash();
    }
}
