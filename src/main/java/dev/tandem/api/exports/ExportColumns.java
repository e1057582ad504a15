package dev.tandem.api.exports;

import dev.tandem.api.csv.Column;
import dev.tandem.api.csv.Columns;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.refusal.Refusal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which columns an export has. */
final class ExportColumns {

    static final String DESCRIPTION =
            "For text/csv: the columns, separated by commas (\\, is a comma in a name), each named as in the header of an import; key,title,content,metadata if it is"
                    + " left out";

    private static final String USUAL = "key,title,content,metadata";

    /** What the header of an import may have besides. */
    private static final Set<List<String>> ONLY_READ = Set.of(List.of("vector"), List.of("ifVersion"));

    private ExportColumns() {}

    /** @throws Refusal.Malformed if these can't be the columns of an export */
    static Columns of(@Nullable String names) {
        try {
            Columns columns = Columns.of(FieldPath.separated(names == null ? USUAL : names));
            for (Column column : columns.list()) {
                if (column.isNameless() || ONLY_READ.contains(column.path())) {
                    throw refused("'" + column.header() + "' is not a column of an export.");
                }
            }
            return columns;
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private static Refusal refused(@Nullable String message) {
        return new Refusal.Malformed("parameter.columns", "/columns", String.valueOf(message));
    }
}
