package dev.tandem.crash;

import io.vertx.core.json.JsonArray;
import java.util.Random;

/** What the texts of test documents are made of: a word that all of them have, and one that a single version of one document has. */
final class Words {

    /** The word of every document. */
    static final String COMMON = "everywhere";

    static final int DIMENSIONS = 16;

    private Words() {}

    /** The text whose own word this is. */
    static String text(String word) {
        return COMMON + " " + word;
    }

    /** The own word of a text. */
    static String word(String text) {
        return text.substring(text.indexOf(' ') + 1);
    }

    /** The vector of a version, which follows from its own word. No two are alike. */
    static JsonArray vector(String word) {
        Random random = new Random(word.hashCode() * 2_654_435_761L);
        JsonArray vector = new JsonArray();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector.add(Math.round(random.nextGaussian() * 1_000) / 1_000.0);
        }
        return vector;
    }
}
