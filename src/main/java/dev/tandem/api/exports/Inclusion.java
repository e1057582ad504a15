package dev.tandem.api.exports;

import dev.tandem.api.document.DocumentView;
import dev.tandem.api.document.EmbeddedChunkView;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.document.StoredDocument;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of an export have besides the documents.
 *
 * @param chunks the places and the texts of the chunks that the model embedded
 * @param vectors own vectors, and those of chunks
 */
record Inclusion(boolean chunks, boolean vectors) {

    static final String DESCRIPTION = "chunks, vectors or both, separated by a comma";

    private static final String CHUNKS = "chunks";
    private static final String VECTORS = "vectors";

    /** @throws Refusal.Malformed if it names anything else */
    static Inclusion of(@Nullable String include) {
        Set<String> said = include == null ? Set.of() : new HashSet<>(Arrays.asList(include.split(",", -1)));
        if (!Set.of(CHUNKS, VECTORS).containsAll(said)) {
            throw new Refusal.Malformed(
                    "parameter.choice", "/include", "include is chunks, vectors, or both separated by a comma.");
        }
        return new Inclusion(said.contains(CHUNKS), said.contains(VECTORS));
    }

    /** Whether chunks have to be read. */
    boolean any() {
        return chunks || vectors;
    }

    /** The line, which an import accepts. */
    DocumentView line(StoredDocument stored) {
        DocumentView view = DocumentView.of(stored);
        List<EmbeddedChunkView> embedded = view.chunks();
        return new DocumentView(
                view.id(),
                view.key(),
                view.title(),
                view.content(),
                view.metadata(),
                view.version(),
                view.createdAt(),
                view.updatedAt(),
                view.expiresAt(),
                vectors ? view.vector() : null,
                view.model(),
                embedded == null
                        ? null
                        : embedded.stream()
                                .map(chunk -> chunk(chunk, view.content()))
                                .toList());
    }

    private EmbeddedChunkView chunk(EmbeddedChunkView chunk, @Nullable String content) {
        String text = chunks && content != null ? content.substring(chunk.start(), chunk.end()) : null;
        return new EmbeddedChunkView(chunk.start(), chunk.end(), text, vectors ? chunk.vector() : null);
    }
}
