package dev.tandem.embedding;

import java.util.ArrayList;
import java.util.List;

/** Cuts one content. Positions are the numbers of its tokens; {@code room} is how many tokens a chunk may hold. */
final class Cutter {

    private final Tokenizer tokenizer;
    private final String prefix;
    private final String content;
    private final Tokens tokens;
    private final Boundaries boundaries;
    private final int room;
    private final int overlap;

    Cutter(Tokenizer tokenizer, String prefix, String content, Tokens tokens, int room, int overlap) {
        this.tokenizer = tokenizer;
        this.prefix = prefix;
        this.content = content;
        this.tokens = tokens;
        this.boundaries = Boundaries.of(content, tokens);
        this.room = room;
        // Cuts are in the last third of the room, so with an overlap of half the room at least a sixth of each chunk
        // is new.
        this.overlap = Math.min(overlap, room / 2);
    }

    List<ChunkText> chunks() {
        List<ChunkText> chunks = new ArrayList<>();
        int from = 0;
        int to = end(from);
        chunks.add(chunk(0, from, to));
        while (to < tokens.count()) {
            int next = restart(from, to);
            int end = end(next);
            if (end <= to) {
                // The cut was within a word, and the repeated end took all the room.
                next = to;
                end = end(next);
            }
            from = next;
            to = end;
            chunks.add(chunk(chunks.size(), from, to));
        }
        return chunks;
    }

    /** Where a chunk that begins with {@code from} ends, exclusive. */
    private int end(int from) {
        int last = from + room;
        int to = last >= tokens.count() ? tokens.count() : boundaries.lastBest(from + Math.max(1, room * 2 / 3), last);
        // A part of a word can have more tokens by itself than inside the word.
        int count = count(from, to);
        while (count > room && to > from + 1) {
            to = Math.max(from + 1, to - (count - room));
            count = count(from, to);
        }
        return to;
    }

    /** Where the chunk after {@code from} to {@code to} begins: within the overlap, at the beginning of a word if there is one. */
    private int restart(int from, int to) {
        int earliest = Math.max(from + 1, to - overlap);
        for (int token = earliest; token < to; token++) {
            if (boundaries.isWord(token)) {
                return token;
            }
        }
        return boundaries.isWord(to) ? to : earliest;
    }

    private int count(int from, int to) {
        return tokenizer.tokenize(content.substring(start(from), textEnd(to))).count();
    }

    private ChunkText chunk(int ordinal, int from, int to) {
        int start = start(from);
        int end = textEnd(to);
        return new ChunkText(ordinal, start, end, prefix + content.substring(start, end));
    }

    private int start(int from) {
        int start = from == 0 ? 0 : tokens.start(from);
        while (Character.isWhitespace(content.charAt(start))) {
            start++;
        }
        return start;
    }

    /** The end of the text before token {@code to}. It includes characters that the model does not read, but no trailing white space. */
    private int textEnd(int to) {
        int end = to == tokens.count() ? content.length() : tokens.start(to);
        while (end > tokens.end(to - 1) && Character.isWhitespace(content.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
