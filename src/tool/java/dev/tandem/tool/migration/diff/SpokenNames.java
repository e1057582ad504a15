package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import java.util.Collection;

/** Finds what people mean who say a name without its quotes, as they must: the shell takes them away. */
public final class SpokenNames {

    private SpokenNames() {}

    /** A name as the shell leaves it. */
    public static String bare(String name) {
        return name.replace("\"", "");
    }

    /** The table as SQL writes it; as it was said if there is none. */
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
