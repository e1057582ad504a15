package dev.tandem.tool.migration.script;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The names of scripts. */
public final class Versions {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final int LONGEST_SLUG = 60;

    private Versions() {}

    /** The version for a moment; always later than the existing ones. */
    public static String at(Instant moment, Optional<String> head) {
        String now = FORM.format(moment.atOffset(ZoneOffset.UTC));
        return head.filter(last -> now.compareTo(last) <= 0)
                .map(last -> after(last, 1))
                .orElse(now);
    }

    /** The version the given number of seconds later. */
    public static String after(String version, int seconds) {
        return FORM.format(LocalDateTime.parse(version, FORM).plusSeconds(seconds));
    }

    /** "Add the language!" becomes {@code add_the_language}. */
    public static String slug(String message) {
        String words =
                message.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        String cut = words.length() > LONGEST_SLUG ? words.substring(0, LONGEST_SLUG) : words;
        return cut.isEmpty() ? "change" : cut.replaceAll("_$", "");
    }
}
