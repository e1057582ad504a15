package dev.tandem.tool.model.types;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of a name in camel case, written as each layer writes them. */
record Words(List<String> all) {

    static Words of(String camelCase) {
        return new Words(Arrays.stream(camelCase.split("(?=[A-Z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** {@code book_review}, as in tables, columns and codes. */
    String snake() {
        return String.join("_", all);
    }

    /** {@code book-review}, as in addresses. */
    String kebab() {
        return String.join("-", all);
    }

    /** {@code bookreview}, as in packages. */
    String joined() {
        return String.join("", all);
    }

    /** {@code BookReview}, as in classes. */
    String pascal() {
        return all.stream().map(Words::capital).collect(Collectors.joining());
    }

    /** {@code book review}, as in sentences. */
    String spoken() {
        return String.join(" ", all);
    }

    /** {@code Book review}, as in headings. */
    String heading() {
        return capital(spoken());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
