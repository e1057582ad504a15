package dev.tandem.factory.collection;

import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.metadata.PathRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a collection's declared indexes must be. */
final class IndexRules {

    private static final String POINTER = "/indexes";

    private IndexRules() {}

    /** The fields that a client writes; empty if it writes null. Adds a violation for each that is no path, or that is there already. */
    static List<FieldPath> read(@Nullable List<@Nullable String> written, Violations violations) {
        if (written == null) {
            return List.of();
        }
        boolean areFew = violations.require(
                written.size() <= CollectionSettings.MOST_INDEXES,
                POINTER,
                "collection.indexes.count",
                "A collection has at most " + CollectionSettings.MOST_INDEXES + " indexes.");
        return areFew ? paths(written, violations) : List.of();
    }

    private static List<FieldPath> paths(List<@Nullable String> written, Violations violations) {
        Set<FieldPath> paths = new LinkedHashSet<>();
        for (int i = 0; i < written.size(); i++) {
            String pointer = POINTER + "/" + i;
            String text = written.get(i);
            FieldPath path =
                    path(text == null ? "" : text, rule -> violations.add(pointer, "collection.indexes.path", rule));
            violations.require(
                    path == null || paths.add(path), pointer, "collection.indexes.twice", "A field has one index.");
        }
        return List.copyOf(paths);
    }

    /** Whoever writes a field of the document itself, as filters name it, would get an index that nothing uses. */
    private static @Nullable FieldPath path(String text, Consumer<String> broken) {
        if (text.startsWith("$")) {
            broken.accept("An index is of a field of the metadata. Write \\$ for a name that begins with $.");
            return null;
        }
        return PathRules.read(text, broken);
    }
}
