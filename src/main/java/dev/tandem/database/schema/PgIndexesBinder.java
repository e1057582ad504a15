package dev.tandem.database.schema;

import org.hibernate.binder.TypeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;

/** Adds each of several {@link PgIndex}. */
public final class PgIndexesBinder implements TypeBinder<PgIndexes> {

    private final PgIndexBinder one = new PgIndexBinder();

    @Override
    public void bind(PgIndexes indexes, MetadataBuildingContext context, PersistentClass entity) {
        for (PgIndex index : indexes.value()) {
            one.bind(index, context, entity);
        }
    }

    @Override
    public void bind(PgIndexes indexes, MetadataBuildingContext context, Component embeddable) {
        for (PgIndex index : indexes.value()) {
            one.bind(index, context, embeddable);
        }
    }
}
