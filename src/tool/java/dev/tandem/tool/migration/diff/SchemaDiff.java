package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.SettledSchema;
import java.util.List;

/** Compares two live schemas. */
public interface SchemaDiff {

    /** The steps from one schema to the other, in an order in which they can be run. */
    List<Operation> between(SettledSchema from, SettledSchema to);
}
