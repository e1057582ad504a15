package dev.tandem.domain.refusal;

/**
 * A kind of thing that clients request by name. The thing's class declares it.
 *
 * @param word the first part of its problem codes, and its name in sentences
 * @param missing the sentence for a name that does not exist; {@code %s} stands for the name
 */
public record Noun(String word, String missing) {

    String notFound() {
        return word + ".not_found";
    }
}
