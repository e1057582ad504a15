package dev.tandem.service.transfer;

import dev.tandem.domain.transfer.ImportMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to import.
 *
 * @param stopAtRefusal whether the first refused line ends the import: the lines before it are written, those after it are not
 * @param author the author of all lines; null if the client named none
 */
public record ImportOptions(
        ImportMode mode, boolean stopAtRefusal, @Nullable String author) {

    private static final String MODE = "mode";
    private static final String STOP_AT_REFUSAL = "stopAtRefusal";
    private static final String AUTHOR = "author";

    /** The options as a job stores them. */
    Map<String, @Nullable Object> toParameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put(MODE, mode.name());
        parameters.put(STOP_AT_REFUSAL, stopAtRefusal);
        parameters.put(AUTHOR, author);
        return parameters;
    }

    /** The options that a job has stored. */
    static ImportOptions of(Map<String, @Nullable Object> parameters) {
        return new ImportOptions(
                ImportMode.valueOf(String.valueOf(parameters.get(MODE))),
                Boolean.TRUE.equals(parameters.get(STOP_AT_REFUSAL)),
                (String) parameters.get(AUTHOR));
    }
}
