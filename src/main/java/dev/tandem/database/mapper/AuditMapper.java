package dev.tandem.database.mapper;

import dev.tandem.database.entity.AuditEntity;
import dev.tandem.domain.access.Deed;
import jakarta.inject.Singleton;

/** Maps rows of {@code audit} to deeds, and back. */
@Singleton
public class AuditMapper {

    public Deed toDomain(AuditEntity row) {
        return new Deed(row.id, row.at, row.principal, row.action, row.target, row.times, row.requestId);
    }

    public AuditEntity toEntity(Deed deed) {
        AuditEntity row = new AuditEntity();
        row.id = deed.id();
        row.at = deed.at();
        row.principal = deed.principal();
        row.action = deed.action();
        row.target = deed.target();
        row.times = deed.times();
        row.requestId = deed.requestId();
        return row;
    }
}
