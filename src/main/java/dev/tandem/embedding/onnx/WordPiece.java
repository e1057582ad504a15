package dev.tandem.embedding.onnx;

import dev.tandem.embedding.Tokenizer;
import dev.tandem.embedding.Tokens;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * BERT's tokenizer (Devlin et al. 2018): splits each word from left to right into the longest pieces of the vocabulary; a word that cannot
 * be split is unknown. It gives the same numbers as Hugging Face's tokenizer, except for some characters newer than its tables. It is plain
 * Java: offsets are UTF-16 units, and there is no native library.
 */
final class WordPiece implements Tokenizer {

    private final Vocabulary vocabulary;
    private final int unknown;
    private final int beginning;
    private final int end;

    WordPiece(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.unknown = vocabulary.special("[UNK]");
        this.beginning = vocabulary.special("[CLS]");
        this.end = vocabulary.special("[SEP]");
    }

    @Override
    public Tokens tokenize(String text) {
        Tokens.Builder tokens = new Tokens.Builder();
        BertWords.of(text, word -> {
            Pieces pieces = divide(word.characters());
            for (int i = 0; i < pieces.count; i++) {
                tokens.add(word.start(pieces.start(i)), word.end(pieces.ends[i]));
            }
            return true;
        });
        return tokens.build();
    }

    /** The model's input: the numbers of the first {@code limit} tokens, between its special tokens. */
    long[] numbers(String text, int limit) {
        LongStream.Builder numbers = LongStream.builder();
        int[] left = {limit};
        BertWords.of(text, word -> {
            Pieces pieces = divide(word.characters());
            for (int i = 0; i < pieces.count && left[0] > 0; i++, left[0]--) {
                numbers.add(pieces.numbers[i]);
            }
            return left[0] > 0;
        });
        return LongStream.concat(LongStream.concat(LongStream.of(beginning), numbers.build()), LongStream.of(end))
                .toArray();
    }

    private Pieces divide(StringBuilder word) {
        Pieces pieces = new Pieces(word.length());
        for (int from = 0; from < word.length(); from = pieces.ends[pieces.count - 1]) {
            if (!addLongest(word, from, pieces)) {
                return new Pieces(1).add(unknown, word.length());
            }
        }
        return pieces;
    }

    private boolean addLongest(StringBuilder word, int from, Pieces pieces) {
        for (int to = Math.min(word.length(), from + vocabulary.longest()); to > from; to--) {
            @Nullable Integer number = vocabulary.find(word.substring(from, to), from > 0);
            if (number != null) {
                pieces.add(number, to);
                return true;
            }
        }
        return false;
    }

    /** The pieces of one word: their numbers, and where in the word they end. */
    private static final class Pieces {

        private final int[] numbers;
        private final int[] ends;
        private int count;

        Pieces(int most) {
            numbers = new int[most];
            ends = new int[most];
        }

        Pieces add(int number, int end) {
            numbers[count] = number;
            ends[count++] = end;
            return this;
        }

        int start(int piece) {
            return piece == 0 ? 0 : ends[piece - 1];
        }
    }
}
