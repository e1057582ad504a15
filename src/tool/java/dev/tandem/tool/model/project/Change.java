package dev.tandem.tool.model.project;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a file.
 *
 * @param path in the project
 * @param before its text; null if it is new
 * @param after its text; null if it is deleted
 */
public record Change(
        Path path, @Nullable String before, @Nullable String after) {

    /** One sign, as lists of changes have it. */
    public String sign() {
        if (before == null) {
            return "+";
        }
        return after == null ? "-" : "~";
    }
}
