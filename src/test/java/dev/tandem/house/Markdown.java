package dev.tandem.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the documentation. */
record Markdown(Path path, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.*?) \\|.*$");

    static Markdown of(Path path) {
        try {
            return new Markdown(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> headings() {
        return found(HEADING, prose());
    }

    /** The headings that are one piece of code, without their marks. */
    List<String> codeHeadings() {
        return headings().stream()
                .filter(heading -> heading.startsWith("`") && heading.endsWith("`"))
                .map(heading -> heading.substring(1, heading.length() - 1))
                .toList();
    }

    /** The lines of all blocks of code, those that a backslash continues as one. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (String block : found(FENCE, text)) {
            commands.addAll(
                    block.replace("\\\n", " ").lines().map(String::strip).toList());
        }
        return commands;
    }

    /** The second column of all tables by their first, where that is one piece of code. */
    Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(prose()).results().forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    /** Links to other pages, or other places, that lead nowhere. */
    List<String> brokenLinks() {
        return found(LINK, prose()).stream()
                .filter(link -> !link.startsWith("http"))
                .filter(link -> !leadsSomewhere(link))
                .map(link -> path + ": " + link)
                .toList();
    }

    int links() {
        return found(LINK, prose()).size();
    }

    private boolean leadsSomewhere(String link) {
        String[] parts = link.split("#", 2);
        if (parts[0].isEmpty()) {
            return hasAnchor(parts[1]);
        }
        Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
        Path target = folder.resolve(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || of(target).hasAnchor(parts[1]));
    }

    boolean hasAnchor(String anchor) {
        return headings().stream().map(Markdown::anchor).anyMatch(anchor::equals);
    }

    /** As GitHub makes them. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
