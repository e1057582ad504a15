package dev.tandem.database.schema;

import org.hibernate.binder.TypeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;

/** Adds a {@link PgForeignKey} to the DDL of its entity's schema. */
public final class PgForeignKeyBinder implements TypeBinder<PgForeignKey> {

    @Override
    public void bind(PgForeignKey key, MetadataBuildingContext context, PersistentClass entity) {
        String table = "alter table if exists " + Ddl.table(context, entity);
        Ddl.add(
                context,
                table + " add constraint " + key.name() + " foreign key (" + key.columns() + ") references "
                        + key.references() + (key.onDelete().isEmpty() ? "" : " on delete " + key.onDelete()),
                table + " drop constraint if exists " + key.name());
    }

    @Override
    public void bind(PgForeignKey key, MetadataBuildingContext context, Component embeddable) {
        throw new IllegalArgumentException("@PgForeignKey belongs to an entity: " + key.name());
    }
}
