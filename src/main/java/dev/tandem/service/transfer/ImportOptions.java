package dev.tandem.service.transfer;

import dev.tandem.domain.transfer.ImportMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to import.
 *
 * @param stopAtRefusal whether the first line that is refused ends the import: what stands before it is written, nothing after it
 * @param author who writes all of it; null where nobody is named
 */
public record ImportOptions(
        ImportMode mode, boolean stopAtRefusal, @Nullable String author) {

    private static final String MODE = "mode";
    private static final String STOP_AT_REFUSAL = "stopAtRefusal";
    private static final String AUTHOR = "author";

    /** As a job keeps them. */
    Map<String, @Nullable Object> toParameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put(MODE, mode.name());
        parameters.put(STOP_AT_REFUSAL, stopAtRefusal);
        parameters.put(AUTHOR, author);
        return parameters;
    }

    /** As a job has kept them. */
    static ImportOptions of(Map<String, @Nullable Object> parameters) {
        return new ImportOptions(
                ImportMode.valueOf(String.valueOf(parameters.get(MODE))),
                Boolean.TRUE.equals(parameters.get(STOP_AT_REFUSAL)),
                (String) parameters.get(AUTHOR));
    }
}
