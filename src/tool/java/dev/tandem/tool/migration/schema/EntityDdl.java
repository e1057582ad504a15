package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.HibernateException;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.tool.schema.internal.SchemaCreatorImpl;

/** The DDL of entities, from a Hibernate without database and Quarkus. */
final class EntityDdl {

    private static final Pattern UNNAMED_KEY =
            Pattern.compile("(create table (?:\\w+\\.)?\"?(\\w+)\"? \\(.*?)(, primary key \\()", Pattern.DOTALL);

    private EntityDdl() {}

    /** @throws MigrationRefusal if the entities are mapped in a way that Hibernate refuses */
    static List<String> of(List<Class<?>> entities) {
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
            return List.copyOf(new SchemaCreatorImpl(registry)
                    .generateCreationCommands(metadata, true).stream()
                            .map(sql -> sql.replaceFirst("^create schema (?!if )", "create schema if not exists "))
                            .toList());
        } catch (HibernateException e) {
            throw new MigrationRefusal("The entities can't be mapped: " + e.getMessage(), e);
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
        }
    }

    /** Hibernate cannot name primary keys. This names them {@code pk_<table>}, in the style of all constraints. */
    static String withNamedKey(String statement) {
        return UNNAMED_KEY.matcher(statement).replaceFirst("$1, constraint pk_$2 primary key (");
    }
}
