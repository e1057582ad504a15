package dev.tandem.repository;

import dev.tandem.database.entity.IdempotencyKeyEntity;
import dev.tandem.database.mapper.AttemptMapper;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.idempotency.Attempt;
import dev.tandem.domain.idempotency.RequestClaim;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The claims on requests, and their answers. All times are the database's, so that all replicas share one clock. */
@Singleton
public class IdempotencyKeyRepository {

    static final String CLAIM = """
            insert into idempotency_key (hash, fingerprint, token, lease_until, expires_at)
            values (:hash, :fingerprint, :token,
                    now() + make_interval(secs => :lease), now() + make_interval(secs => :retention))
            on conflict on constraint pk_idempotency_key do update
            set fingerprint = excluded.fingerprint, token = excluded.token,
                lease_until = excluded.lease_until, expires_at = excluded.expires_at,
                status = null, headers = null, body = null
            where idempotency_key.expires_at <= now()
               or (idempotency_key.status is null and idempotency_key.lease_until <= now()
                   and idempotency_key.fingerprint = excluded.fingerprint)
            """;
    private static final String ANSWER =
            "status = ?1, headers = ?2, body = ?3 where hash = ?4 and token = ?5 and status is null";
    private static final String PRUNE = """
            with expired as materialized (
                select hash from idempotency_key where expires_at <= now()
                order by expires_at limit :limit for update skip locked)
            delete from idempotency_key using expired where idempotency_key.hash = expired.hash
            """;

    private final AttemptMapper mapper;

    IdempotencyKeyRepository(AttemptMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Claims a request that is new, whose last claim was not finished within the lease, or whose answer has expired. Returns whether the
     * claim holds. No other claim holds while the lease lasts.
     */
    public Uni<Boolean> claim(RequestClaim claim, Duration lease, Duration retention) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CLAIM)
                        .setParameter("hash", claim.keyHash())
                        .setParameter("fingerprint", claim.fingerprint())
                        .setParameter("token", claim.token())
                        .setParameter("lease", seconds(lease))
                        .setParameter("retention", seconds(retention))
                        .executeUpdate())
                .map(count -> count == 1);
    }

    /** What is known about the request; null if it has just been released. */
    public Uni<@Nullable Attempt> find(String keyHash) {
        return IdempotencyKeyEntity.<IdempotencyKeyEntity>findById(keyHash)
                .map(row -> row == null ? null : mapper.toDomain(row));
    }

    /** Stores the answer, if the claim still holds; returns whether it did. */
    public Uni<Boolean> answer(RequestClaim claim, Answer answer) {
        return IdempotencyKeyEntity.update(
                        ANSWER, answer.status(), answer.headers(), answer.body(), claim.keyHash(), claim.token())
                .map(count -> count == 1);
    }

    /** Releases a request that has not been answered, so that a retry is executed as if it were new. */
    public Uni<Void> release(RequestClaim claim) {
        return IdempotencyKeyEntity.delete(
                        "hash = ?1 and token = ?2 and status is null", claim.keyHash(), claim.token())
                .replaceWithVoid();
    }

    /** Deletes the oldest expired requests; returns how many. */
    public Uni<Integer> prune(int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("limit", limit)
                .executeUpdate());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
