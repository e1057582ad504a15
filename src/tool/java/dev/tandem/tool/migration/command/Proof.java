package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledExpressions;

/** The fingerprints that scripts' headers hold: those of settled schemas. */
final class Proof {

    private Proof() {}

    /** Settles the database on the way. */
    static CatalogFingerprint of(ScratchDatabase database) {
        SettledExpressions.settle(database);
        return CatalogFingerprint.of(database);
    }

    static String hash(ScratchDatabase database) {
        return of(database).hash();
    }
}
