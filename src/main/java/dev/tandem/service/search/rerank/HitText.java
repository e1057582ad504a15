package dev.tandem.service.search.rerank;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.refusal.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * What a reranker reads of a hit: the title, a line break, and the best chunk. Where the vector search has not found the document, or its chunk
 * belongs to another text, the beginning of the content stands for the chunk.
 */
final class HitText {

    private HitText() {}

    /**
     * Blank if the document has no text.
     *
     * @param passage where the best chunk lies; null if there is none
     * @param most of it, in characters
     */
    static String of(Document document, @Nullable Span passage, int most) {
        String content = orEmpty(document.content());
        String part = passage == null ? Excerpt.of(content.stripLeading(), most) : part(content, passage);
        String title = orEmpty(document.title());
        return Excerpt.of(title.isEmpty() ? part : title + "\n" + part, most);
    }

    private static String part(String content, Span passage) {
        int end = Math.min(passage.end(), content.length());
        return content.substring(Math.min(passage.start(), end), end);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
