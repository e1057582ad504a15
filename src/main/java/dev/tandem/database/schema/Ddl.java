package dev.tandem.database.schema;

import java.util.Set;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.SimpleAuxiliaryDatabaseObject;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.dialect.Dialect;
import org.hibernate.mapping.PersistentClass;

/** DDL that Hibernate runs after it has created all tables, and before it drops them. */
final class Ddl {

    private Ddl() {}

    /** The table's name as SQL writes it, with its schema if it names one. */
    static String table(MetadataBuildingContext context, PersistentClass entity) {
        Dialect dialect = context.getMetadataCollector().getDatabase().getDialect();
        return beside(context, entity, entity.getTable().getQuotedName(dialect));
    }

    /** The name of something in the schema of the table. */
    static String beside(MetadataBuildingContext context, PersistentClass entity, String name) {
        Dialect dialect = context.getMetadataCollector().getDatabase().getDialect();
        String schema = entity.getTable().getQuotedSchema(dialect);
        return schema == null ? name : schema + "." + name;
    }

    static void add(MetadataBuildingContext context, String create, String drop) {
        Namespace namespace = context.getMetadataCollector().getDatabase().getDefaultNamespace();
        context.getMetadataCollector()
                .addAuxiliaryDatabaseObject(new SimpleAuxiliaryDatabaseObject(namespace, create, drop, Set.of()));
    }
}
