package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.Catalog;

/** Whether a dropped object exists again afterwards, so that the drop is a part of its re-creation. */
final class Others {

    private Others() {}

    static boolean declares(Catalog catalog, Operation drop) {
        String name = drop.name().replaceFirst("\\(.*", "");
        String line =
                switch (drop.kind()) {
                    case DROP_FUNCTION -> "function " + name;
                    case DROP_VIEW -> "view " + name;
                    case DROP_TRIGGER -> "trigger " + name + " on " + drop.table();
                    case DROP_POLICY -> "policy " + name + " on " + drop.table();
                    case DROP_EXTENSION -> "extension " + name;
                    case DROP_SCHEMA -> "schema " + name;
                    default -> throw new IllegalArgumentException(drop.description());
                };
        return catalog.others().stream().anyMatch(other -> other.equals(line) || other.startsWith(line + "("));
    }
}
