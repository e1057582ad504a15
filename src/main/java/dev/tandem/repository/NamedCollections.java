package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.session.Reach;
import dev.tandem.database.session.Reach.Led;
import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of collections by the names that clients have for them. No collection and alias share a name, so an alias is only looked for
 * when no collection has the name: who names a collection itself does not pay for it.
 */
final class NamedCollections {

    private static final String BY_ALIAS =
            "select theCollection, alias.version from AliasEntity alias join CollectionEntity theCollection on theCollection.id = alias.collectionId"
                    + " where alias.name = :alias";

    /** @param alias the version of the alias that has led there; null if none has */
    private record Found(CollectionEntity row, @Nullable Long alias) {

        Led led() {
            return new Led(row.id, alias != null && Alias.isSwitched(alias));
        }
    }

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
        Led led = reach == null ? null : reach.led(name);
        Uni<@Nullable CollectionEntity> row =
                led == null ? row("name", name, lock) : row("id", led.collectionId(), lock);
        Uni<@Nullable Found> found = row.map(own -> own == null ? null : new Found(own, null));
        if (reach != null && led == null) {
            found = found.onItem().ifNull().switchTo(() -> byAlias(name, lock));
        }
        return found.onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Collection.NOUN, name))
                .invoke(one -> {
                    if (reach != null) {
                        reach.lead(name, led == null ? one.led() : led, one.row().name);
                    }
                })
                .map(Found::row);
    }

    /** A lock is taken afterwards: the alias itself is never locked here, because a switch locks it before the collection. */
    private static Uni<@Nullable Found> byAlias(String alias, LockModeType lock) {
        Uni<@Nullable Found> seen = Panache.getSession()
                .chain(session -> session.createSelectionQuery(BY_ALIAS, Object[].class)
                        .setParameter("alias", alias)
                        .getSingleResultOrNull())
                .map(row -> row == null ? null : new Found((CollectionEntity) row[0], (Long) row[1]));
        return lock == LockModeType.NONE
                ? seen
                : seen.chain(found -> found == null
                        ? Uni.createFrom().nullItem()
                        : row("id", found.row().id, lock)
                                .map(row -> row == null ? null : new Found(row, found.alias())));
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
