package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.mapper.CollectionMapper;
import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The collections. */
@Singleton
public class CollectionRepository {

    @Produces
    @Singleton
    static final ConstraintRefusal NAME_TAKEN = new ConstraintRefusal(
            "uq_collection_name",
            () -> new Refusal.Conflict("collection.name.taken", "A collection with this name already exists."));

    private static final String INDEXES = """
            select id, coalesce(settings ->> 'engine', 'lucene'), settings ->> 'formerEngine',
                   settings ->> 'formerEngineUntil', %s, cast(settings ->> 'besideSet' as integer)
            from collection
            """.formatted(SetSql.SEARCHED);
    /** Those with a former set whose time is over, or with sets that have been dropped. */
    private static final String WITH_OLD_SETS = """
            select id from collection
            where cast(settings ->> 'besideUntil' as timestamptz) <= now() or jsonb_array_length(settings -> 'droppedSets') > 0
            """;
    /** Waits for transactions that add documents: each of them has locked the key of the collection. */
    private static final String LOCK_KEY = "select id from collection where id = :id for update";

    private final CollectionMapper mapper;
    private final AliasRepository aliases;
    private final MetadataIndexRepository indexes;

    CollectionRepository(CollectionMapper mapper, AliasRepository aliases, MetadataIndexRepository indexes) {
        this.indexes = indexes;
        this.mapper = mapper;
        this.aliases = aliases;
    }

    /** Fails with {@link Refusal.Conflict} if the name is taken, by a collection or an alias. */
    public Uni<Void> add(Collection collection, Principal creator) {
        CollectionEntity row = mapper.toEntity(collection);
        row.creator = creator.isNamed() ? creator.name() : null;
        return aliases.keepForCollection(collection.name())
                .chain(() -> row.persistAndFlush())
                .chain(() -> collection.settings().indexes().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : indexes.declare(collection, true).replaceWithVoid());
    }

    /**
     * Fails with {@link Refusal.NotFound} if there is no collection with that name, and none that an alias of that name leads this request to.
     */
    public Uni<Collection> get(String name) {
        return NamedCollections.get(name).map(mapper::toDomain);
    }

    /** Fails with {@link Refusal.NotFound} if it has been deleted, even if another collection has its name now. */
    public Uni<Collection> get(UUID id, String name) {
        return find(id).onItem().ifNull().failWith(() -> Refusal.NotFound.of(Collection.NOUN, name));
    }

    /**
     * Fails with {@link Refusal.Conflict} if the name by which a request has found this collection is an alias of another one by now. A request that may
     * last asks this when it has written, in the same transaction: what it answers as written must be found by that name.
     */
    public Uni<Void> requireStill(String name, Collection found) {
        return name.equals(found.name())
                ? Uni.createFrom().voidItem()
                : aliases.leadsElsewhere(name, found.id())
                        .invoke(isSwitched -> {
                            if (isSwitched) {
                                throw Alias.switchedAway(name);
                            }
                        })
                        .replaceWithVoid();
    }

    /** Null if it has been deleted. */
    public Uni<@Nullable Collection> find(UUID id) {
        return CollectionEntity.<CollectionEntity>findById(id).map(row -> row == null ? null : mapper.toDomain(row));
    }

    /** Like {@link #get}; no other transaction can change the collection until this one ends. */
    public Uni<Collection> lock(String name) {
        return NamedCollections.lock(name).map(mapper::toDomain);
    }

    /** The same for a collection that was found before, whatever its name is by now. */
    public Uni<Collection> lock(Collection seen) {
        return NamedCollections.lock(seen).map(mapper::toDomain);
    }

    /** Writes a collection that this transaction has locked. */
    public Uni<Void> replace(Collection collection) {
        return CollectionEntity.<CollectionEntity>findById(collection.id())
                .invoke(row -> mapper.copy(collection, row))
                .replaceWithVoid();
    }

    /** Like {@link #replace}, with another name. Fails with {@link Refusal.Conflict} if that is taken, by a collection or an alias. */
    public Uni<Void> rename(Collection renamed) {
        return aliases.keepForCollection(renamed.name())
                .chain(() -> replace(renamed))
                .chain(() -> Panache.getSession().chain(session -> session.flush()));
    }

    /**
     * Deletes the collection with all of its documents, in several statements. It must be locked. Fails with {@link Refusal.Conflict} if it has an
     * alias: what is in use under that name would be gone.
     */
    public Uni<Void> remove(Collection collection) {
        return aliases.firstOf(collection.id())
                .invoke(alias -> {
                    if (alias != null) {
                        throw new Refusal.Conflict(
                                "collection.aliased",
                                "The alias '" + alias
                                        + "' points to this collection. Point it to another one, or delete it.");
                    }
                })
                .chain(() -> CollectionContents.removeDocuments(collection.id()))
                .chain(() -> CollectionEntity.delete("id", collection.id()))
                // Revisions that another transaction adds meanwhile are deleted by the next sweep.
                .chain(() -> CollectionContents.removeRevisions(collection.id()));
    }

    /** Those that the grants allow to read, ordered by name, from the one after {@code after} on; null starts at the beginning. */
    public Uni<Page<Collection>> list(Grants grants, @Nullable String after, int limit) {
        VisibleCollections visible = VisibleCollections.of(grants, Right.READ, "name");
        Map<String, Object> parameters = new HashMap<>(visible.parameters());
        parameters.put("after", after == null ? "" : after);
        return Pages.read(limit, atMost -> CollectionEntity.<CollectionEntity>find(
                        "name > :after and " + visible.condition() + " order by name", parameters)
                .page(0, atMost)
                .list()
                .map(rows -> rows.stream().map(mapper::toDomain).toList()));
    }

    public Uni<Set<UUID>> ids() {
        return Panache.getSession()
                .chain(session -> session.createQuery("select id from CollectionEntity", UUID.class)
                        .getResultList())
                .map(Set::copyOf);
    }

    /**
     * The indexes that a collection has.
     *
     * @param engines which engines have them
     * @param sets the numbers of the sets that have one
     */
    public record Indexed(UUID id, IndexSettings engines, List<Integer> sets) {}

    /** The indexes of all collections. */
    public Uni<List<Indexed>> indexes() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(INDEXES, Object[].class).getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Indexed(
                                (UUID) row[0],
                                new IndexSettings((String) row[1], (String) row[2], instant((String) row[3])),
                                Stream.of(row[4], row[5])
                                        .filter(Objects::nonNull)
                                        .map(number -> (int) Rows.number(number))
                                        .toList()))
                        .toList());
    }

    /** The collections with a former set of vectors whose time is over, or with sets whose vectors are still to be deleted. */
    public Uni<List<UUID>> withOldSets() {
        return Panache.getSession().chain(session -> session.createNativeQuery(WITH_OLD_SETS, UUID.class)
                .getResultList());
    }

    /**
     * Like {@link #lock}, and also waits until no other transaction is adding documents. So what this transaction reads next has all
     * documents of transactions that have not seen its effects.
     */
    public Uni<Collection> lockAgainstAdding(Collection seen) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK_KEY, UUID.class)
                        .setParameter("id", seen.id())
                        .getSingleResultOrNull())
                .chain(() -> lock(seen));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
