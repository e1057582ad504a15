package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hibernate.HibernateException;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.tool.schema.internal.SchemaCreatorImpl;

/**
 * The DDL of entities, from a Hibernate without database and Quarkus.
 *
 * @param owners the simple name of the entity of each table, by the table's name
 */
public record EntityDdl(List<String> statements, Map<String, String> owners) {

    private static final Pattern UNNAMED_KEY =
            Pattern.compile("(create table (?:\\w+\\.)?\"?(\\w+)\"? \\(.*?)(, primary key \\()", Pattern.DOTALL);

    /** @param statements as Hibernate writes them */
    public EntityDdl {
        statements = statements.stream().map(EntityDdl::withNamedKey).toList();
    }

    /** @throws MigrationRefusal if the entities are mapped in a way that Hibernate refuses */
    static EntityDdl of(List<Class<?>> entities) {
        BootstrapServiceRegistryBuilder loaders = new BootstrapServiceRegistryBuilder();
        entities.forEach(entity -> loaders.applyClassLoader(entity.getClassLoader()));
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder(loaders.build())
                .applySetting(AvailableSettings.ALLOW_METADATA_ON_BOOT, false)
                .applySetting(JdbcSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL")
                .applySetting(JdbcSettings.JAKARTA_HBM2DDL_DB_MAJOR_VERSION, 17)
                .build();
        try {
            MetadataSources sources = new MetadataSources(registry);
            entities.forEach(sources::addAnnotatedClass);
            Metadata metadata = sources.buildMetadata();
            List<String> statements = new SchemaCreatorImpl(registry)
                    .generateCreationCommands(metadata, true).stream()
                            .map(sql -> sql.replaceFirst("^create schema (?!if )", "create schema if not exists "))
                            .toList();
            return new EntityDdl(statements, owners(metadata));
        } catch (HibernateException e) {
            throw new MigrationRefusal("The entities can't be mapped: " + e.getMessage(), e);
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
        }
    }

    /** With inheritance in one table, that of the first one. */
    private static Map<String, String> owners(Metadata metadata) {
        Map<String, String> owners = new HashMap<>();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            owners.putIfAbsent(
                    entity.getTable().getName(), entity.getMappedClass().getSimpleName());
        }
        return owners;
    }

    /** Hibernate cannot name primary keys. This names them {@code pk_<table>}, in the style of all constraints. */
    static String withNamedKey(String statement) {
        return UNNAMED_KEY.matcher(statement).replaceFirst("$1, constraint pk_$2 primary key (");
    }
}
