package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.session.Reach;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of collections by the names that clients have for them. No collection and alias share a name, so an alias is only looked for
 * when no collection has the name: who names a collection itself does not pay for it.
 */
final class NamedCollections {

    private static final String BY_ALIAS =
            "id = (select alias.collectionId from AliasEntity alias where alias.name = ?1)";

    private NamedCollections() {}

    /** Fails with {@link Refusal.NotFound} if nothing has the name, or an alias that leads this request nowhere. */
    static Uni<CollectionEntity> get(String name) {
        return found(name, LockModeType.NONE);
    }

    /** Like {@link #get}; the row is as it is after the lock. */
    static Uni<CollectionEntity> lock(String name) {
        return found(name, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The same for a collection that was found before, whatever its name is by now. */
    static Uni<CollectionEntity> lock(Collection seen) {
        return row("id", seen.id(), LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Collection.NOUN, seen.name()));
    }

    private static Uni<CollectionEntity> found(String name, LockModeType lock) {
        Reach reach = Reach.present();
        UUID led = reach == null ? null : reach.led(name);
        Uni<@Nullable CollectionEntity> found = led == null ? row("name", name, lock) : row("id", led, lock);
        if (reach != null && led == null) {
            found = found.onItem().ifNull().switchTo(() -> row(BY_ALIAS, name, lock));
        }
        return found.onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Collection.NOUN, name))
                .invoke(row -> {
                    if (reach != null) {
                        reach.lead(name, row.id, row.name);
                    }
                });
    }

    private static Uni<@Nullable CollectionEntity> row(String condition, Object value, LockModeType lock) {
        PanacheQuery<CollectionEntity> query = CollectionEntity.find(condition, value);
        return lock == LockModeType.NONE
                ? Rows.only(query)
                : Rows.only(query.withLock(lock)).chain(NamedCollections::readAgain);
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
}
