package dev.tandem.database.schema;

import java.util.Set;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.SimpleAuxiliaryDatabaseObject;
import org.hibernate.boot.spi.MetadataBuildingContext;

/** DDL that Hibernate runs after it has created all tables, and before it drops them. */
final class Ddl {

    private Ddl() {}

    static void add(MetadataBuildingContext context, String create, String drop) {
        Namespace namespace = context.getMetadataCollector().getDatabase().getDefaultNamespace();
        context.getMetadataCollector()
                .addAuxiliaryDatabaseObject(new SimpleAuxiliaryDatabaseObject(namespace, create, drop, Set.of()));
    }
}
