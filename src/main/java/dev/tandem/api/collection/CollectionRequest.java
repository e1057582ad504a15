package dev.tandem.api.collection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.factory.collection.CollectionDraft;
import dev.tandem.factory.collection.CollectionDraft.Chunks;
import dev.tandem.factory.collection.CollectionDraft.Embedding;
import dev.tandem.factory.collection.CollectionDraft.History;
import dev.tandem.factory.rules.Choice;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that describes a collection. Only {@code name} is required, and only if it is not in the address. */
@Schema(examples = """
                {"name": "articles", "description": "What we have published", "language": "english",
                 "embedding": {"model": "all-minilm-l6-v2", "metric": "cosine"},
                 "metadataSchema": {"type": "object", "properties": {"year": {"type": "integer"}}}}
                """)
public record CollectionRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable Embedding embedding,
        @Nullable Chunks chunking,
        @Nullable String language,
        @Nullable Map<String, @Nullable Object> metadataSchema,
        @Nullable Boolean requireIfMatch,
        @Nullable History history) {

    /** The body that describes the collection as it is. */
    static CollectionRequest of(Collection collection) {
        var settings = collection.settings();
        var embedding = settings.embedding();
        var chunking = settings.chunking();
        return new CollectionRequest(
                collection.name(),
                collection.description(),
                new Embedding(embedding.model(), embedding.dimensions(), Choice.word(embedding.metric())),
                new Chunks(chunking.maxTokens(), chunking.overlapTokens()),
                Choice.word(settings.language()),
                settings.metadataSchema(),
                settings.requireIfMatch(),
                new History(settings.history().maxVersions(), settings.history().maxDays()));
    }

    CollectionDraft toDraft() {
        return new CollectionDraft(
                name, description, embedding, chunking, language, metadataSchema, requireIfMatch, history);
    }
}
