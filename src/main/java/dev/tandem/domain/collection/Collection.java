package dev.tandem.domain.collection;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.metadata.DateFields;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Noun;
import dev.tandem.domain.refusal.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named set of documents that are embedded, analysed and checked in the same way.
 *
 * @param name unique; part of every address
 * @param version starts at 1 and grows by one with each change
 */
@Aggregate
public record Collection(
        UUID id,
        String name,
        @Nullable String description,
        CollectionSettings settings,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public static final Noun NOUN = new Noun("collection", "There is no collection named '%s'.");

    public EmbeddingSettings embedding() {
        return settings.embedding();
    }

    /** The filter as the metadata schema makes it mean: texts in conditions on fields that it declares as dates are dates. */
    public Filter read(Filter filter) {
        return new DateFields(settings.metadataSchema()).read(filter);
    }

    /** The collection with its index in other engines, one version later. */
    public Collection withIndex(IndexSettings index, Instant now) {
        CollectionSettings moved = new CollectionSettings(
                settings.embedding(),
                settings.chunking(),
                settings.language(),
                settings.metadataSchema(),
                settings.requireIfMatch(),
                settings.history(),
                index);
        return new Collection(id, name, description, moved, version + 1, createdAt, now);
    }

    /**
     * The collection with another description and other settings, one version later; the same object if nothing differs.
     *
     * @throws Refusal.Rejected if the embedding would change: the existing vectors would then be of another kind
     */
    public Collection changedTo(@Nullable String newDescription, CollectionSettings newSettings, Instant now) {
        if (!newSettings.embedding().equals(embedding())) {
            throw new Refusal.Rejected(
                    "/embedding",
                    "collection.embedding.immutable",
                    "A collection's embedding is chosen when it is created. Create another collection and move the documents.");
        }
        Collection changed = new Collection(id, name, newDescription, newSettings, version, createdAt, updatedAt);
        return changed.equals(this)
                ? this
                : new Collection(id, name, newDescription, newSettings, version + 1, createdAt, now);
    }
}
