package dev.tandem.database.mapper;

import dev.tandem.database.entity.IdempotencyKeyEntity;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.idempotency.Attempt;
import jakarta.inject.Singleton;

/** Rows of {@code idempotency_key} in, what is known of a request out. The way back is a matter of leases, and so of SQL. */
@Singleton
public class AttemptMapper {

    public Attempt toDomain(IdempotencyKeyEntity row) {
        return new Attempt(row.fingerprint, row.status == null ? null : new Answer(row.status, row.headers, row.body));
    }
}
