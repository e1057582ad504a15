package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import java.util.Collection;

/** Finds the object for a name without quotes: the shell removes them, so users cannot write them. */
public final class SpokenNames {

    private SpokenNames() {}

    /** A name as the shell leaves it. */
    public static String bare(String name) {
        return name.replace("\"", "");
    }

    /** The table's name as SQL writes it; if there is no such table, the name as it was given. */
    static String table(Catalog catalog, String said) {
        return among(catalog.tables().keySet(), said);
    }

    static String column(Catalog catalog, String table, String said) {
        return among(
                catalog.columns().stream()
                        .filter(column -> column.table().equals(table))
                        .map(Column::name)
                        .toList(),
                said);
    }

    static String type(Catalog catalog, String said) {
        return among(catalog.enums().keySet(), said);
    }

    private static String among(Collection<String> names, String said) {
        return names.stream()
                .filter(name -> name.equals(said))
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> bare(name).equals(bare(said)))
                        .findFirst())
                .orElse(said);
    }
}
