package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.mapper.CollectionMapper;
import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
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

    /** So few that no statement takes long: PostgreSQL deletes the chunks of each document one by one. */
    private static final int REMOVED_AT_ONCE = 1_000;

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final String REMOVE_PAGE = """
            with page as (
                select id from document where collection_id = :collection and id > :after order by id limit :limit),
            gone as (delete from document where id in (select id from page)),
            forgotten as (delete from revision where document_id in (select id from page))
            select id from page order by id desc limit 1
            """;
    private static final String REMOVE_REVISIONS = """
            delete from revision where ctid = any(array(
                select ctid from revision where collection_id = :collection limit :limit))
            """;

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
    private static final String LOCK_KEY = "select id from collection where name = :name for update";

    private static final String STATS = """
            select (select count(*) from document where collection_id = :id),
                   (select count(*) from chunk join document on document.id = chunk.document_id
                    where collection_id = :id and vector_set = :vector_set),
                   tasks.pending, tasks.parked, tasks.oldest
            from (select count(*) filter (where parked_at is null) as pending, count(parked_at) as parked,
                         cast(extract(epoch from now() - min(asked_at) filter (where parked_at is null)) * 1000 as bigint) as oldest
                  from embedding_task where collection_id = :id and vector_set = :vector_set) as tasks
            """;

    private final CollectionMapper mapper;

    CollectionRepository(CollectionMapper mapper) {
        this.mapper = mapper;
    }

    /** Fails with {@link Refusal.Conflict} if the name is taken. */
    public Uni<Void> add(Collection collection, Principal creator) {
        CollectionEntity row = mapper.toEntity(collection);
        row.creator = creator.isNamed() ? creator.name() : null;
        return row.persistAndFlush().replaceWithVoid();
    }

    /** Fails with {@link Refusal.NotFound} if there is no collection with that name. */
    public Uni<Collection> get(String name) {
        return found(CollectionEntity.<CollectionEntity>find("name", name).firstResult(), name);
    }

    /** Fails with {@link Refusal.NotFound} if it has been deleted, even if another collection has its name now. */
    public Uni<Collection> get(UUID id, String name) {
        return find(id).onItem().ifNull().failWith(() -> Refusal.NotFound.of(Collection.NOUN, name));
    }

    /** Null if it has been deleted. */
    public Uni<@Nullable Collection> find(UUID id) {
        return CollectionEntity.<CollectionEntity>findById(id).map(row -> row == null ? null : mapper.toDomain(row));
    }

    /** Like {@link #get}; no other transaction can change the collection until this one ends. */
    public Uni<Collection> lock(String name) {
        return found(
                CollectionEntity.<CollectionEntity>find("name", name)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult()
                        .chain(CollectionRepository::readAgain),
                name);
    }

    /** The session may have read the row before another transaction changed it, and would go on with what it read. */
    private static Uni<@Nullable CollectionEntity> readAgain(@Nullable CollectionEntity row) {
        return row == null
                ? Uni.createFrom().nullItem()
                : Panache.getSession()
                        .call(session -> session.flush())
                        .invoke(session -> session.detach(row))
                        .chain(() -> CollectionEntity.findById(row.id));
    }

    /** Writes a collection that this transaction has locked. */
    public Uni<Void> replace(Collection collection) {
        return CollectionEntity.<CollectionEntity>findById(collection.id())
                .invoke(row -> mapper.copy(collection, row))
                .replaceWithVoid();
    }

    /** Deletes the collection with all of its documents, in several statements. It must be locked. */
    public Uni<Void> remove(Collection collection) {
        return removeDocuments(collection.id(), BEGINNING)
                .chain(() -> CollectionEntity.delete("id", collection.id()))
                // Revisions that another transaction adds meanwhile are deleted by the next sweep.
                .chain(() -> removeRevisions(collection.id()));
    }

    private Uni<Void> removeDocuments(UUID collectionId, UUID after) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(REMOVE_PAGE, UUID.class)
                        .setParameter("collection", collectionId)
                        .setParameter("after", after)
                        .setParameter("limit", REMOVED_AT_ONCE)
                        .getSingleResultOrNull())
                .chain(last -> last == null ? Uni.createFrom().voidItem() : removeDocuments(collectionId, last));
    }

    /** Deletes the revisions of documents that had been deleted before. */
    private Uni<Void> removeRevisions(UUID collectionId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(REMOVE_REVISIONS)
                        .setParameter("collection", collectionId)
                        .setParameter("limit", REMOVED_AT_ONCE)
                        .executeUpdate())
                .chain(count -> count < REMOVED_AT_ONCE ? Uni.createFrom().voidItem() : removeRevisions(collectionId));
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
    public Uni<Collection> lockAgainstAdding(String name) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK_KEY, UUID.class)
                        .setParameter("name", name)
                        .getSingleResultOrNull())
                .chain(() -> lock(name));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    public Uni<CollectionStats> stats(Collection collection) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STATS, Object[].class)
                        .setParameter("id", collection.id())
                        .setParameter("vector_set", collection.searched().number())
                        .getSingleResult())
                .map(row -> new CollectionStats(
                        Rows.number(row[0]),
                        Rows.number(row[1]),
                        Rows.number(row[2]),
                        Rows.number(row[3]),
                        row[4] == null ? null : Duration.ofMillis(Rows.number(row[4]))));
    }

    private Uni<Collection> found(Uni<CollectionEntity> row, String name) {
        return row.onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Collection.NOUN, name))
                .map(mapper::toDomain);
    }
}
