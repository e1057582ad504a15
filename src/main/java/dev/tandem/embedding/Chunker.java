package dev.tandem.embedding;

import dev.tandem.domain.embedding.Chunking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts documents into chunks for one model.
 *
 * <p>A document that fits is one chunk. A longer document is cut between paragraphs, sentences or words: each chunk ends at the best place
 * in the last third of its room. The next chunk repeats its end, up to the configured overlap. Together the chunks contain all content
 * except white space. Each begins with the title, which is cut to a quarter of the chunk if it is longer.
 *
 * <p>The same document is always cut in the same way, in time proportional to its length. The work runs on the caller's thread, which must
 * not be an event loop.
 */
public final class Chunker {

    private final Tokenizer tokenizer;
    private final int maxTokens;
    private final int overlapTokens;

    /** Counts the model's tokens. Chunks are as long as {@code chunking} says, and no longer than the model can read. */
    public Chunker(Embedder embedder, Chunking chunking) {
        this.tokenizer = embedder.tokenizer();
        this.maxTokens = Math.max(1, Math.min(chunking.maxTokens(), embedder.maxTokens()));
        this.overlapTokens = Math.max(0, chunking.overlapTokens());
    }

    /** The chunks of a document, in order. None of them is blank, so a document without a word has none. */
    public List<ChunkText> cut(@Nullable String title, @Nullable String content) {
        String heading = title == null ? "" : title.strip();
        Tokens headingTokens = tokenizer.tokenize(heading);
        String body = content == null ? "" : content;
        Tokens bodyTokens = tokenizer.tokenize(body);
        if (bodyTokens.count() == 0) {
            return headingTokens.count() == 0
                    ? List.of()
                    : List.of(new ChunkText(0, 0, 0, first(maxTokens, heading, headingTokens)));
        }
        if (headingTokens.count() + bodyTokens.count() <= maxTokens) {
            return new Cutter(tokenizer, prefix(heading, headingTokens), body, bodyTokens, maxTokens, 0).chunks();
        }
        String shortHeading = first(maxTokens / 4, heading, headingTokens);
        Tokens shortTokens = tokenizer.tokenize(shortHeading);
        int room = Math.max(1, maxTokens - shortTokens.count());
        return new Cutter(tokenizer, prefix(shortHeading, shortTokens), body, bodyTokens, room, overlapTokens).chunks();
    }

    private static String prefix(String heading, Tokens tokens) {
        return tokens.count() == 0 ? "" : heading + "\n";
    }

    /** The beginning of a text, at most {@code limit} tokens long, cut between words if that leaves anything. */
    private static String first(int limit, String text, Tokens tokens) {
        if (tokens.count() <= limit) {
            return text;
        }
        Boundaries boundaries = Boundaries.of(text, tokens);
        int count = limit;
        while (count > 0 && !boundaries.isWord(count)) {
            count--;
        }
        int last = (count > 0 ? count : limit) - 1;
        return last < 0 ? "" : text.substring(0, tokens.end(last));
    }
}
