package dev.tandem.api.csv;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.factory.rules.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column: the place in a document that its cells are for, e.g. {@code metadata.year}.
 *
 * @param header the name as the header has it
 * @param path the names from the document to the place; empty if the column has no name
 * @param type of its cells; null if the header does not say it
 */
public record Column(
        String header, List<String> path, @Nullable CellType type) {

    public static final String METADATA = "metadata";

    private static final Set<String> TEXTS = Set.of("key", "title", "content", "expiresAt");
    private static final Set<String> FIELDS =
            Set.of("key", "title", "content", "expiresAt", "vector", "ifVersion", METADATA);

    /** As deep as metadata can be. */
    private static final int DEEPEST = 32;

    /**
     * The column with this name. Names of fields stand for these, and every other name for metadata, with or without {@code metadata.} in front.
     *
     * @throws IllegalArgumentException if it leads nowhere; the message says why
     */
    static Column named(String header) {
        String stripped = header.strip();
        if (stripped.isEmpty()) {
            return new Column(stripped, List.of(), null);
        }
        int colon = stripped.lastIndexOf(':');
        Optional<CellType> said =
                colon < 0 ? Optional.empty() : Choice.find(CellType.class, stripped.substring(colon + 1));
        String name = said.isPresent() ? stripped.substring(0, colon).strip() : stripped;
        return new Column(stripped, path(name), said.orElseGet(() -> usual(name)));
    }

    private static List<String> path(String name) {
        if (FIELDS.contains(name)) {
            return List.of(name);
        }
        String inside = METADATA + ".";
        List<String> path = new ArrayList<>(List.of(METADATA));
        path.addAll(FieldPath.parse(name.startsWith(inside) ? name.substring(inside.length()) : name)
                .names());
        if (path.size() > DEEPEST) {
            throw new IllegalArgumentException("A path has at most " + DEEPEST + " names.");
        }
        return path;
    }

    /** The type of a field. That of metadata depends on the collection. */
    private static @Nullable CellType usual(String name) {
        if (TEXTS.contains(name)) {
            return CellType.STRING;
        }
        return switch (name) {
            case "ifVersion" -> CellType.NUMBER;
            case "vector", METADATA -> CellType.JSON;
            default -> null;
        };
    }

    /** Whether the header leaves the name out. */
    public boolean isNameless() {
        return path.isEmpty();
    }
}
