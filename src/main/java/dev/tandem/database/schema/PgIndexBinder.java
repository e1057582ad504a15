package dev.tandem.database.schema;

import org.hibernate.binder.TypeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;

/** Adds a {@link PgIndex} to the DDL of its entity's schema. */
public final class PgIndexBinder implements TypeBinder<PgIndex> {

    @Override
    public void bind(PgIndex index, MetadataBuildingContext context, PersistentClass entity) {
        String table = Ddl.table(context, entity);
        Ddl.add(
                context,
                "create " + (index.unique() ? "unique " : "") + "index " + index.name() + " on " + table + " using "
                        + index.using()
                        + " (" + index.on() + ")"
                        + (index.include().isEmpty() ? "" : " include (" + index.include() + ")")
                        + (index.nullsNotDistinct() ? " nulls not distinct" : "")
                        + (index.where().isEmpty() ? "" : " where " + index.where()),
                "drop index if exists " + Ddl.beside(context, entity, index.name()));
    }

    @Override
    public void bind(PgIndex index, MetadataBuildingContext context, Component embeddable) {
        throw new IllegalArgumentException("@PgIndex belongs to an entity: " + index.name());
    }
}
