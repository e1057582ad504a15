package dev.tandem.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The production code as text, without its comments: for what the compiler leaves no trace of.
 *
 * @param texts by file name
 */
record Sources(Map<String, String> texts) {

    private static final Pattern COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/|(?m:^\\s*//.*$)");
    private static final Pattern DOTTED = Pattern.compile("\"([a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_-]*)+)\"");
    private static final Pattern BEGINNING = Pattern.compile("\"([a-z_]+\\.)\"\\s*\\+");
    private static final Pattern ENDING = Pattern.compile("\\+\\s*\"(\\.[a-z_]+)\"");
    private static final Pattern PLAIN = Pattern.compile("\\bplain\\(\\s*\\w+,\\s*\"([a-z._]+)\"");

    /** What looks like a code and is the name of a file or of a metric, or a part of one. */
    private static final Set<String> NO_CODES = Set.of("postmaster.pid", ".next", "http.server.requests");

    /** Where the beginnings of composed codes get their ends from. */
    private static final Map<String, Pattern> ENDS = Map.of(
            "busy.", Pattern.compile("(?:new (?:Worker|Fair)Pool|WorkerPool\\.inBackground)\\(\\s*\"([a-z]+)\""));

    /** Where the ends of composed codes, by the file that has them, get their beginnings from. */
    private static final Map<String, Pattern> BEGINNINGS = Map.of(
            "JsonRules.java", Pattern.compile("new JsonRules\\(\\s*\"([a-z_]+)\""),
            "Noun.java", Pattern.compile("new Noun\\(\\s*\"([a-z_]+)\""));

    static Sources of(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
                texts.merge(file.getFileName().toString(), text, String::concat);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sources(texts);
    }

    /**
     * Every code that a problem or a violation can carry: each dotted text in lower case that isn't something else, those that are put
     * together from two parts, and those of plain problems.
     *
     * @throws IllegalStateException for a part that can't be told the other parts of
     */
    Set<String> problemCodes() {
        Set<String> codes = new TreeSet<>(all(PLAIN));
        all(DOTTED).stream().filter(text -> !isSetting(text)).forEach(codes::add);
        for (String beginning : all(BEGINNING)) {
            Pattern ends = ENDS.get(beginning);
            if (ends == null) {
                throw new IllegalStateException("What follows '" + beginning + "'?");
            }
            all(ends).forEach(end -> codes.add(beginning + end));
        }
        texts.forEach((file, text) -> found(ENDING, text).forEach(end -> {
            Pattern beginnings = BEGINNINGS.get(file);
            if (beginnings != null) {
                all(beginnings).forEach(beginning -> codes.add(beginning + end));
            } else if (!NO_CODES.contains(end)) {
                throw new IllegalStateException("What precedes '" + end + "' in " + file + "?");
            }
        }));
        codes.removeAll(NO_CODES);
        return codes;
    }

    /** Settings that are read by their names, not by a mapping. */
    Set<String> settings(String prefix) {
        // The prefix of a mapping may look like a setting.
        Pattern setting = Pattern.compile("(?<!prefix = )\"(" + Pattern.quote(prefix) + "\\.[a-z-]+\\.[a-z-]+)\"");
        return all(setting);
    }

    private static boolean isSetting(String text) {
        return text.startsWith("quarkus.") || text.startsWith("tandem.") || text.startsWith("flyway.");
    }

    private Set<String> all(Pattern pattern) {
        return texts.values().stream()
                .flatMap(text -> found(pattern, text).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
