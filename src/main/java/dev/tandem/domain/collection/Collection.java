package dev.tandem.domain.collection;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.DateFields;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Noun;
import dev.tandem.domain.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** Whether the metadata schema declares a field as a date. */
    public boolean hasDates(FieldPath field) {
        return new DateFields(settings.metadataSchema()).declares(field);
    }

    /** The scope, its filter as the collection {@linkplain #read(Filter) reads} it. */
    public Scope read(Scope scope) {
        return scope.isLimited() ? new Scope(read(scope.filter())) : scope;
    }

    /** The collection with its index in other engines, one version later. */
    public Collection withIndex(IndexSettings index, Instant now) {
        return with(settings.with(index), now);
    }

    /** This new collection, for documents that are the records of a model. */
    public Collection derivedFrom(String model) {
        return new Collection(id, name, description, settings.derivedFrom(model), version, createdAt, updatedAt);
    }

    /** The collection as the model that its documents are derived from writes it: it is not derived then. */
    public Collection writtenByItsModel() {
        return new Collection(id, name, description, settings.derivedFrom(null), version, createdAt, updatedAt);
    }

    /** The collection with another name, one version later; the same object if it is the present one. */
    public Collection renamed(String newName, Instant now) {
        return newName.equals(name)
                ? this
                : new Collection(id, newName, description, settings, version + 1, createdAt, now);
    }

    /** Fails with {@link Refusal.Conflict} if the documents are records of a model. */
    public void refuseIfDerived() {
        if (settings.derivedFrom() != null) {
            throw new Refusal.Conflict(
                    "collection.derived",
                    "The documents of this collection are the records of '" + settings.derivedFrom()
                            + "'. Change those instead.");
        }
    }

    private Collection with(CollectionSettings changed, Instant now) {
        return new Collection(id, name, description, changed, version + 1, createdAt, now);
    }

    /** The set of vectors that searches use. */
    public VectorSet searched() {
        return new VectorSet(settings.vectors().searched(), embedding());
    }

    /** All sets of vectors that are kept in step with the documents; the first is the one that searches use. */
    public List<VectorSet> sets() {
        VectorSets.Beside beside = settings.vectors().beside();
        return beside == null ? List.of(searched()) : List.of(searched(), beside.set());
    }

    /** The set with that number, if it is kept in step with the documents. */
    public Optional<VectorSet> set(int number) {
        return sets().stream().filter(set -> set.number() == number).findFirst();
    }

    /** The collection as the index of one of its sets sees it: with the set's model, and with the id of the index. */
    public Collection indexed(VectorSet set) {
        CollectionSettings own = settings.with(set.embedding(), settings.vectors());
        return new Collection(
                VectorSet.indexId(id, set.number()), name, description, own, version, createdAt, updatedAt);
    }

    /** The collection when it begins to move to another model, one version later. A set of a former model is dropped. */
    public Collection toward(EmbeddingSettings next, Instant now) {
        return with(settings.with(embedding(), settings.vectors().toward(next)), now);
    }

    /**
     * The collection when searches use the set that was beside, one version later. The other one is kept for a while.
     *
     * @param sequence an index that shows it has all that searches need
     * @param until when the other one may go
     */
    public Collection switched(long sequence, Instant until, Instant now) {
        VectorSets.Beside beside = Objects.requireNonNull(settings.vectors().beside());
        VectorSets switched = new VectorSets(
                beside.set().number(),
                new VectorSets.Beside(searched(), sequence, until),
                settings.vectors().dropped(),
                settings.vectors().last());
        return with(settings.with(beside.set().embedding(), switched), now);
    }

    /** The collection with only the set that searches use, one version later. */
    public Collection withoutSetBeside(Instant now) {
        return with(settings.with(embedding(), settings.vectors().alone()), now);
    }

    /** The collection when the vectors of a dropped set have been deleted; nothing that a client can see has changed. */
    public Collection withoutDropped(int number) {
        CollectionSettings swept = settings.with(embedding(), settings.vectors().without(number));
        return new Collection(id, name, description, swept, version, createdAt, updatedAt);
    }

    /**
     * The collection with another description and other settings, one version later; the same object if nothing differs.
     *
     * @throws Refusal.Rejected if the embedding would change: the existing vectors would then be of another kind
     * @throws Refusal.Conflict if records of a model would have to satisfy another metadata schema, or would expire
     */
    public Collection changedTo(@Nullable String newDescription, CollectionSettings newSettings, Instant now) {
        if (!newSettings.embedding().equals(embedding())) {
            throw new Refusal.Rejected(
                    "/embedding",
                    "collection.embedding.immutable",
                    "The model of a collection is changed by :reembed, so that searches find everything meanwhile.");
        }
        if (!Objects.equals(newSettings.metadataSchema(), settings.metadataSchema())
                || !Objects.equals(newSettings.timeToLive(), settings.timeToLive())) {
            refuseIfDerived();
        }
        CollectionSettings next = newSettings.derivedFrom(settings.derivedFrom());
        Collection changed = new Collection(id, name, newDescription, next, version, createdAt, updatedAt);
        return changed.equals(this)
                ? this
                : new Collection(id, name, newDescription, next, version + 1, createdAt, now);
    }
}
