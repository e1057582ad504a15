package dev.tandem.api.imports.csv;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tandem.api.imports.lines.Cutter;
import dev.tandem.api.imports.lines.Form;
import dev.tandem.domain.transfer.RawLine;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * CSV, each row of which is a line.
 *
 * @param delimiter null if the file says it
 * @param schema of the collection's metadata; null if it has none
 * @param json reads and writes JSON as strictly as a body
 */
public record CsvForm(
        @Nullable Delimiter delimiter, @Nullable Map<String, Object> schema, JsonFactory json) implements Form {

    @Override
    public Cutter cutter(int longestLine, Consumer<RawLine> lines) {
        RowReader reader = new RowReader(new SchemaTypes(schema), json, longestLine, lines);
        return new RowCutter(delimiter, longestLine, reader::read);
    }

    @Override
    public boolean isQuick() {
        return false;
    }
}
