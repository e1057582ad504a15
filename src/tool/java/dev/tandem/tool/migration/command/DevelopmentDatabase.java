package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.Server;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The database of {@code quarkus:dev}, found through the same settings: a configured URL, else the embedded PostgreSQL. If that does not
 * run yet, it is started for the duration of the command.
 */
final class DevelopmentDatabase {

    private static final int BELOW_ENVIRONMENT = 250;

    private final SmallRyeConfig config;
    private final Project project;

    DevelopmentDatabase(Project project) {
        this(project, SmallRyeConfigBuilder::addSystemSources);
    }

    /** @param environment adds the settings of the process */
    DevelopmentDatabase(Project project, UnaryOperator<SmallRyeConfigBuilder> environment) {
        this.project = project;
        config = environment
                .apply(new SmallRyeConfigBuilder().withProfile("dev").addDefaultInterceptors())
                .withSources(new PropertiesConfigSource(
                        read(project.root().resolve("src/main/resources/application.properties")),
                        "application.properties",
                        BELOW_ENVIRONMENT))
                .withSources(new EnvConfigSource(read(project.root().resolve(".env")), BELOW_ENVIRONMENT + 1))
                .build();
    }

    /** The database; starts its server if necessary. */
    Server server() {
        return configured().orElseGet(() -> EmbeddedServer.kept(directory()));
    }

    /** Whether there is a database to connect to or to start. */
    boolean exists() {
        return configured().isPresent() || Files.isDirectory(directory());
    }

    /** The embedded server, if it runs already. */
    Optional<Server> runningEmbedded() {
        return configured().isPresent() ? Optional.empty() : EmbeddedServer.running(directory());
    }

    private Optional<Server> configured() {
        return Stream.of("quarkus.datasource.jdbc.url", "quarkus.datasource.reactive.url")
                .flatMap(name -> value(name).stream())
                .findFirst()
                .map(url -> DatabaseAddress.parse(
                        url,
                        value("quarkus.datasource.username").orElse("postgres"),
                        value("quarkus.datasource.password").orElse("")));
    }

    private Path directory() {
        return value("tandem.embedded-database.directory")
                .map(project.root()::resolve)
                .orElseGet(project::developmentData);
    }

    private Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).filter(text -> !text.isBlank());
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new MigrationRefusal("Can't read " + file + ": " + e.getMessage(), e);
            }
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
