package dev.tandem.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Texts of made-up words, by a fixed seed, each with a vector. As in a language, the word of rank n comes up 1 / n times as often as the first one.
 *
 * @param texts by their numbers
 * @param questions a few words each, of those that texts have, but none of the most frequent
 * @param vectors of the texts and of the questions, by the same numbers
 */
record Words(List<String> texts, List<String> questions, Vectors vectors) {

    private static final int VOCABULARY = 30_000;
    private static final int OF_A_TEXT = 100;
    private static final int OF_A_QUESTION = 3;

    /** As many of the first words as articles and prepositions are, which people leave out when they ask. */
    private static final int SMALL_WORDS = 20;

    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    static Words of(int count, int dimensions, long seed) {
        Random random = new Random(seed);
        List<String> words = vocabulary(random);
        double[] upTo = new double[VOCABULARY];
        double sum = 0;
        for (int rank = 0; rank < VOCABULARY; rank++) {
            sum += 1.0 / (rank + 1);
            upTo[rank] = sum;
        }
        Vectors vectors = Vectors.of(count, dimensions, seed);
        List<String> texts = new ArrayList<>(count);
        for (int text = 0; text < count; text++) {
            texts.add(text(random, words, upTo, OF_A_TEXT, 0));
        }
        List<String> questions = new ArrayList<>();
        for (int question = 0; question < vectors.queries().length; question++) {
            questions.add(text(random, words, upTo, OF_A_QUESTION, SMALL_WORDS));
        }
        return new Words(texts, questions, vectors);
    }

    private static List<String> vocabulary(Random random) {
        Set<String> words = new HashSet<>();
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < VOCABULARY) {
            StringBuilder word = new StringBuilder();
            for (int syllable = 2 + random.nextInt(3); syllable > 0; syllable--) {
                word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                        .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
            }
            if (words.add(word.toString())) {
                ordered.add(word.toString());
            }
        }
        return ordered;
    }

    private static String text(Random random, List<String> words, double[] upTo, int length, int from) {
        StringBuilder text = new StringBuilder();
        for (int left = length; left > 0; ) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[VOCABULARY - 1]);
            int rank = Math.min(found < 0 ? -found - 1 : found, VOCABULARY - 1);
            if (rank >= from) {
                text.append(text.isEmpty() ? "" : " ").append(words.get(rank));
                left--;
            }
        }
        return text.toString();
    }
}
