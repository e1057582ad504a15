package dev.tandem.repository;

import dev.tandem.database.entity.AliasEntity;
import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.mapper.AliasMapper;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The aliases of collections. Their names and those of collections are one set: whoever gives a name locks it first. */
@Singleton
public class AliasRepository {

    /** One lock for all that is done with a name, until the transaction ends. The number keeps it apart from other locks. */
    private static final String LOCK = """
            select cast(1 as integer) from pg_advisory_xact_lock(1279350081, hashtext(:name))
            """;

    private static final String WITH_COLLECTION =
            "select alias, theCollection.name from AliasEntity alias join CollectionEntity theCollection on theCollection.id = alias.collectionId where ";

    private final AliasMapper mapper;

    AliasRepository(AliasMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Keeps a name for a collection until the transaction ends. Fails with {@link Refusal.Conflict} if it is an alias. That no other collection
     * has it is for the constraint to say.
     */
    Uni<Void> keepForCollection(String name) {
        return lockName(name)
                .chain(() -> AliasEntity.findById(name))
                .invoke(row -> {
                    if (row != null) {
                        throw new Refusal.Conflict("collection.name.taken", "An alias has this name already.");
                    }
                })
                .replaceWithVoid();
    }

    /** The alias; null if there is none. No other transaction can make, change or delete it until this one ends. */
    public Uni<@Nullable Alias> lock(String name) {
        return lockName(name).chain(() -> find(name));
    }

    private static Uni<Integer> lockName(String name) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK, Integer.class)
                .setParameter("name", name)
                .getSingleResult());
    }

    /** Null if there is none. */
    public Uni<@Nullable Alias> find(String name) {
        return Panache.getSession()
                .chain(session -> query(session, "alias.name = :name")
                        .setParameter("name", name)
                        .getSingleResultOrNull())
                .map(row -> row == null ? null : toDomain(row));
    }

    /** Those of the collections that the grants allow to read, ordered by name, from the one after {@code after} on; null starts at the beginning. */
    public Uni<Page<Alias>> list(Grants grants, @Nullable String after, int limit) {
        VisibleCollections visible = VisibleCollections.of(grants, Right.READ, "theCollection.name");
        Map<String, Object> parameters = new HashMap<>(visible.parameters());
        parameters.put("after", after == null ? "" : after);
        String condition = "alias.name > :after and " + visible.condition() + " order by alias.name";
        return Pages.read(limit, atMost -> Panache.getSession()
                .chain(session -> {
                    Mutiny.SelectionQuery<Object[]> query = query(session, condition);
                    parameters.forEach(query::setParameter);
                    return query.setMaxResults(atMost).getResultList();
                })
                .map(rows -> rows.stream().map(this::toDomain).toList()));
    }

    /** The name of one of a collection's aliases; null if it has none. */
    public Uni<@Nullable String> firstOf(UUID collectionId) {
        return AliasEntity.<AliasEntity>find("collectionId = ?1 order by name", collectionId)
                .firstResult()
                .map(row -> row == null ? null : row.name);
    }

    /** Whether the name is an alias of another collection than this one. */
    Uni<Boolean> leadsElsewhere(String name, UUID collectionId) {
        return AliasEntity.count("name = ?1 and collectionId <> ?2", name, collectionId)
                .map(count -> count > 0);
    }

    /** Adds an alias that is {@linkplain #lock locked}. Fails with {@link Refusal.Conflict} if a collection has the name. */
    public Uni<Void> add(Alias alias) {
        return CollectionEntity.count("name", alias.name())
                .invoke(count -> {
                    if (count > 0) {
                        throw Alias.taken();
                    }
                })
                .chain(() -> mapper.toEntity(alias).persistAndFlush())
                .replaceWithVoid();
    }

    /** Writes an alias that is {@linkplain #lock locked}. */
    public Uni<Void> replace(Alias alias) {
        return AliasEntity.<AliasEntity>findById(alias.name())
                .invoke(row -> mapper.copy(alias, row))
                .replaceWithVoid();
    }

    /** Deletes an alias that is {@linkplain #lock locked}. */
    public Uni<Void> remove(Alias alias) {
        return AliasEntity.delete("name", alias.name()).replaceWithVoid();
    }

    private static Mutiny.SelectionQuery<Object[]> query(Mutiny.Session session, String condition) {
        return session.createSelectionQuery(WITH_COLLECTION + condition, Object[].class);
    }

    private Alias toDomain(Object[] row) {
        return mapper.toDomain((AliasEntity) row[0], (String) row[1]);
    }
}
