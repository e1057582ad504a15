package dev.tandem.database.schema;

import org.hibernate.binder.TypeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;

/** Each of several {@link PgForeignKey}. */
public final class PgForeignKeysBinder implements TypeBinder<PgForeignKeys> {

    private final PgForeignKeyBinder one = new PgForeignKeyBinder();

    @Override
    public void bind(PgForeignKeys keys, MetadataBuildingContext context, PersistentClass entity) {
        for (PgForeignKey key : keys.value()) {
            one.bind(key, context, entity);
        }
    }

    @Override
    public void bind(PgForeignKeys keys, MetadataBuildingContext context, Component embeddable) {
        for (PgForeignKey key : keys.value()) {
            one.bind(key, context, embeddable);
        }
    }
}
