package dev.tandem.database.mapper;

import dev.tandem.database.entity.IdempotencyKeyEntity;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.idempotency.Attempt;
import jakarta.inject.Singleton;

/** Maps rows of {@code idempotency_key} to what is known of a request. There is no way back, because leases are changed in SQL. */
@Singleton
public class AttemptMapper {

    public Attempt toDomain(IdempotencyKeyEntity row) {
        return new Attempt(row.fingerprint, row.status == null ? null : new Answer(row.status, row.headers, row.body));
    }
}
