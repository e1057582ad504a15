package dev.tandem.tool.migration;

import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Rename;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A change of {@code schema-changes.sql}. */
record SchemaChange(
        String name,
        Choices choices,
        Optional<String> refused,
        Optional<String> proof,
        boolean same,
        String before,
        String after) {

    static List<SchemaChange> all() {
        return Arrays.stream(resource("schema-changes.sql").split("(?m)^-- change: "))
                .skip(1)
                .map(SchemaChange::parse)
                .toList();
    }

    static String resource(String name) {
        try (InputStream in = SchemaChange.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaChange parse(String section) {
        List<String> lines = section.lines().toList();
        return new SchemaChange(
                lines.get(0),
                value(lines, "-- choices: ").map(SchemaChange::choices).orElse(Choices.NONE),
                value(lines, "-- refused: "),
                value(lines, "-- proves: "),
                lines.contains("-- same"),
                part(lines, "-- before"),
                part(lines, "-- after"));
    }

    private static Optional<String> value(List<String> lines, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst();
    }

    private static String part(List<String> lines, String label) {
        int start = lines.indexOf(label);
        return start < 0
                ? ""
                : lines.stream()
                        .skip(start + 1L)
                        .takeWhile(line -> !line.startsWith("-- "))
                        .collect(Collectors.joining("\n"));
    }

    private static Choices choices(String text) {
        List<Rename> renames = new ArrayList<>();
        Set<String> allowed = new HashSet<>();
        Map<String, String> backfills = new HashMap<>();
        for (String choice : text.split("; ")) {
            String[] words = choice.split(" ", 2);
            switch (words[0]) {
                case "rename" -> renames.add(Rename.parse(words[1]));
                case "allow" -> allowed.add(words[1]);
                case "backfill" -> backfills.put(words[1].split("=")[0], words[1].split("=", 2)[1]);
                case "no-rename" -> {}
                default -> throw new IllegalArgumentException(choice);
            }
        }
        return new Choices(renames, text.contains("no-rename"), allowed, backfills);
    }

    @Override
    public String toString() {
        return name;
    }
}
