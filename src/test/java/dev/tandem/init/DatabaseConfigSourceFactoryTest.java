package dev.tandem.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In the profile prod, each URL is derived from the other; without any URL, neither is set. */
class DatabaseConfigSourceFactoryTest {

    private static final String REACTIVE = "quarkus.datasource.reactive.url";
    private static final String JDBC = "quarkus.datasource.jdbc.url";

    @Test
    void oneUrlGivesTheOther() {
        assertThat(value(Map.of(REACTIVE, "postgresql://db:5432/tandem"), JDBC))
                .isEqualTo("jdbc:postgresql://db:5432/tandem");
        assertThat(value(Map.of(JDBC, "jdbc:postgresql://db:5432/tandem"), REACTIVE))
                .isEqualTo("postgresql://db:5432/tandem");
    }

    @Test
    void theOlderFormOfTheReactiveUrlWillDo() {
        assertThat(value(Map.of(REACTIVE, "vertx-reactive:postgresql://db:5432/tandem"), JDBC))
                .isEqualTo("jdbc:postgresql://db:5432/tandem");
    }

    @Test
    void whatIsConfiguredStays() {
        Map<String, String> both = Map.of(REACTIVE, "postgresql://one/db", JDBC, "jdbc:postgresql://other/db");
        assertThat(value(both, REACTIVE)).isEqualTo("postgresql://one/db");
        assertThat(value(both, JDBC)).isEqualTo("jdbc:postgresql://other/db");
    }

    @Test
    void noneGivesNone() {
        assertThat(value(Map.of(), REACTIVE)).isNull();
        assertThat(value(Map.of(JDBC, " "), REACTIVE)).isNull();
    }

    private static String value(Map<String, String> configured, String name) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("prod")
                .withSources(new PropertiesConfigSource(configured, "test", 300))
                .withSources(new DatabaseConfigSourceFactory())
                .build();
        return config.getConfigValue(name).getValue();
    }
}
