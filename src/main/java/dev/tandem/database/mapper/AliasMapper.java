package dev.tandem.database.mapper;

import dev.tandem.database.entity.AliasEntity;
import dev.tandem.domain.collection.Alias;
import jakarta.inject.Singleton;

/** Maps rows of {@code alias} to aliases, and back. The own name of the collection is in the collection's row. */
@Singleton
public class AliasMapper {

    /** @param collection the own name of the alias's collection */
    public Alias toDomain(AliasEntity row, String collection) {
        return new Alias(row.name, row.collectionId, collection, row.version, row.createdAt, row.updatedAt);
    }

    public AliasEntity toEntity(Alias alias) {
        AliasEntity row = new AliasEntity();
        row.name = alias.name();
        row.createdAt = alias.createdAt();
        copy(alias, row);
        return row;
    }

    /** Writes into the row what can change. */
    public void copy(Alias alias, AliasEntity row) {
        row.collectionId = alias.collectionId();
        row.version = alias.version();
        row.updatedAt = alias.updatedAt();
    }
}
