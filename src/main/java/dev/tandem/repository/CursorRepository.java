package dev.tandem.repository;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.change.PositionText;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the indexes in shared engines stand, and which replica may change them. All times are the database's. */
@Singleton
public class CursorRepository {

    private static final String FIND = "select build, shape, position from index_cursor where name = :name";
    private static final String BUILT =
            "select name from index_cursor where starts_with(name, :prefix) and build is not null";

    /**
     * A lease that has ended and is taken again, be it by the same holder, has another fence. That is the time if this is greater. So it is
     * greater than those of a row that was deleted, and than those that were forgotten when the database was restored to an earlier point: the
     * engine has not forgotten them, and refuses smaller ones. If somebody has heard of a greater one than the row has, the database was
     * restored, and the engine may have what the rows have lost.
     */
    private static final String CLAIM = """
            insert into index_cursor (name, txid, seq, holder, lease_until, fence)
            values (:name, 0, 0, :holder, now() + make_interval(secs => :lease),
                    cast(extract(epoch from clock_timestamp()) * 1000 as bigint))
            on conflict on constraint pk_index_cursor do update
            set holder = excluded.holder, lease_until = excluded.lease_until,
                position = case when index_cursor.fence < cast(:newest as bigint) and index_cursor.position is not null then :unknown
                                else index_cursor.position end,
                fence = case when index_cursor.lease_until > now() and index_cursor.fence >= cast(:newest as bigint) then index_cursor.fence
                             else greatest(index_cursor.fence + 1, excluded.fence, cast(:newest as bigint) + 1) end
            where index_cursor.holder = excluded.holder
               or index_cursor.lease_until is null or index_cursor.lease_until <= now()
            returning fence, build, shape, position
            """;

    /** Nobody has taken the lease while the fence is the same, even if its time is over. */
    private static final String HELD = " where name = :name and holder = :holder and fence = :fence";

    private static final String ADVANCE =
            "update index_cursor set position = :reached, lease_until = now() + make_interval(secs => :lease)" + HELD
                    + " and position = :from";
    private static final String SHOW = "update index_cursor set build = :build, shape = :shape, position = :position,"
            + " lease_until = now() + make_interval(secs => :lease)" + HELD;
    private static final String RENEW = "update index_cursor set lease_until = now() + make_interval(secs => :lease)"
            + " where holder = :holder and name = any(cast(:names as text[])) and lease_until > now()";
    private static final String RELEASE = "update index_cursor set lease_until = null" + HELD;
    private static final String DELETE = "delete from index_cursor where name = :name";

    /** The index of a collection in an engine. */
    public record Name(String engine, UUID collectionId) {

        private static String prefix(String engine) {
            return "engine/" + engine + "/";
        }

        private String text() {
            return prefix(engine) + collectionId;
        }
    }

    /** A lease on an index: who has it, and how often it has changed hands. */
    public record Lease(String holder, long fence, Duration length) {}

    /**
     * Where an index stands.
     *
     * @param build names the store that searches use
     * @param shape what the store was built for, as text
     */
    public record Standing(String build, String shape, Position position) {}

    /** A lease that was taken or renewed, and where the index stands. */
    public record Taken(long fence, Optional<Standing> standing) {}

    /** Empty if the index was never built. */
    public Uni<Optional<Standing>> find(Name name) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIND, Object[].class)
                        .setParameter("name", name.text())
                        .getSingleResultOrNull())
                .map(row -> row == null ? Optional.empty() : standing(row, 0));
    }

    /** The collections whose index in the engine was built. */
    public Uni<Set<UUID>> built(String engine) {
        String prefix = Name.prefix(engine);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(BUILT, String.class)
                        .setParameter("prefix", prefix)
                        .getResultList())
                .map(names -> names.stream()
                        .map(name -> UUID.fromString(name.substring(prefix.length())))
                        .collect(Collectors.toSet()));
    }

    /**
     * Takes the lease, or renews it. Empty while another replica has it.
     *
     * @param newest the greatest fence that anybody has heard of. If the row's is smaller, the index stands nowhere from now on
     */
    public Uni<Optional<Taken>> claim(Name name, String holder, Duration lease, long newest) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CLAIM, Object[].class)
                        .setParameter("name", name.text())
                        .setParameter("holder", holder)
                        .setParameter("lease", (double) lease.toSeconds())
                        .setParameter("newest", newest)
                        .setParameter("unknown", PositionText.of(Position.UNKNOWN))
                        .getResultList())
                .map((List<Object[]> rows) -> rows.stream()
                        .findFirst()
                        .map(row -> new Taken(((Number) row[0]).longValue(), standing(row, 1))));
    }

    /** Moves the position and renews the lease. Answers false if somebody else has taken it, or the position is another one. */
    public Uni<Boolean> advance(Name name, Lease lease, Position from, Position reached) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ADVANCE)
                        .setParameter("name", name.text())
                        .setParameter("holder", lease.holder())
                        .setParameter("fence", lease.fence())
                        .setParameter("lease", (double) lease.length().toSeconds())
                        .setParameter("from", PositionText.of(from))
                        .setParameter("reached", PositionText.of(reached))
                        .executeUpdate())
                .map(rows -> rows == 1);
    }

    /** Lets searches use another store, and renews the lease. Answers false if somebody else has taken it. */
    public Uni<Boolean> show(Name name, Lease lease, Standing standing) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SHOW)
                        .setParameter("name", name.text())
                        .setParameter("holder", lease.holder())
                        .setParameter("fence", lease.fence())
                        .setParameter("lease", (double) lease.length().toSeconds())
                        .setParameter("build", standing.build())
                        .setParameter("shape", standing.shape())
                        .setParameter("position", PositionText.of(standing.position()))
                        .executeUpdate())
                .map(rows -> rows == 1);
    }

    /** Renews those of the leases that the holder has and that have not ended. */
    public Uni<Void> renew(Set<Name> names, String holder, Duration lease) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(RENEW)
                        .setParameter("holder", holder)
                        .setParameter("names", names.stream().map(Name::text).toArray(String[]::new))
                        .setParameter("lease", (double) lease.toSeconds())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Ends the lease, unless somebody else has taken it. */
    public Uni<Void> release(Name name, Lease lease) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(RELEASE)
                        .setParameter("name", name.text())
                        .setParameter("holder", lease.holder())
                        .setParameter("fence", lease.fence())
                        .executeUpdate())
                .replaceWithVoid();
    }

    public Uni<Void> delete(Name name) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(DELETE)
                        .setParameter("name", name.text())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** @param first the place of {@code build} in the row; shape and position follow */
    private static Optional<Standing> standing(@Nullable Object[] row, int first) {
        String build = (String) row[first];
        String shape = (String) row[first + 1];
        String position = (String) row[first + 2];
        return build == null || shape == null || position == null
                ? Optional.empty()
                : Optional.of(new Standing(build, shape, PositionText.position(position)));
    }
}
