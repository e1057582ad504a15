package dev.tandem.tool.model.types;

/**
 * The name of a model in all its forms.
 *
 * @param word in the singular and in camel case: {@code bookReview}
 * @param plural the same in the plural: {@code bookReviews}
 */
public record ModelName(String word, String plural) {

    /** The name with the regular plural. */
    public static ModelName of(String word) {
        return new ModelName(word, pluralOf(word));
    }

    private static String pluralOf(String word) {
        if (word.matches(".*[^aeiou]y")) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return word.matches(".*(s|x|z|ch|sh)") ? word + "es" : word + "s";
    }

    /** {@code BookReview} */
    public String type() {
        return Words.of(word).pascal();
    }

    /** {@code BookReviews} */
    public String types() {
        return Words.of(plural).pascal();
    }

    /** {@code bookreview}: the name of its folders. */
    public String folder() {
        return Words.of(word).joined();
    }

    /** {@code book_review}: its table, and the first part of its problem codes. */
    public String table() {
        return Words.of(word).snake();
    }

    /** {@code book-reviews}: its address, and what grants call it. */
    public String path() {
        return Words.of(plural).kebab();
    }

    /** {@code book review} */
    public String spoken() {
        return Words.of(word).spoken();
    }

    /** {@code book reviews} */
    public String spokenPlural() {
        return Words.of(plural).spoken();
    }

    /** {@code Book review} */
    public String heading() {
        return Words.of(word).heading();
    }

    /** {@code Book reviews} */
    public String headingPlural() {
        return Words.of(plural).heading();
    }

    /** {@code bookReview} */
    public String variable() {
        return word;
    }

    /** {@code bookReviews} */
    public String variables() {
        return plural;
    }

    /** Its line in a table of contents. */
    public String contentsLine() {
        return "- [" + headingPlural() + "](#" + path() + ")";
    }

    /** {@code A book review} */
    public String one() {
        return (article().equals("an") ? "An " : "A ") + spoken();
    }

    /** {@code a} or {@code an}. */
    public String article() {
        return word.matches("[aeio].*") ? "an" : "a";
    }
}
