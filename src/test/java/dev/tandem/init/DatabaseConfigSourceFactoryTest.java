package dev.tandem.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the profile prod, each URL is derived from the other; without any URL, neither is set. */
class DatabaseConfigSourceFactoryTest {

    private static final String REACTIVE = "quarkus.datasource.reactive.url";
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String PASSWORD_FILE = "tandem.database.password-file";
    private static final String JDBC = "quarkus.datasource.jdbc.url";

    @TempDir
    private Path folder;

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

    /** As it is in the file, but for the line break that editors leave there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "$dollar",
                "${a:b}",
                "$$",
                "$${a}",
                "\\${c}",
                "\\\\${c}",
                "$\\$\\",
                "}\\$$}",
                "\\{$",
                "\\:$a",
                "back\\slash",
                "comma,",
                " blank"
            })
    void thePasswordMayBeInAFile(String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), secret + "\n");
        Map<String, String> settings = Map.of(PASSWORD_FILE, file.toString(), "a", "of a", "c", "of c");
        assertThat(value(settings, PASSWORD)).isEqualTo(secret);
    }

    @Test
    void aPasswordThatIsSetIsTakenBeforeTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "in the file");
        assertThat(value(Map.of(PASSWORD_FILE, file.toString(), PASSWORD, "set"), PASSWORD))
                .isEqualTo("set");
    }

    @Test
    void aPasswordFileThatIsMissingIsNamed() {
        Map<String, String> settings =
                Map.of(PASSWORD_FILE, folder.resolve("absent").toString());
        assertThatThrownBy(() -> value(settings, PASSWORD)).hasMessageContainingAll(PASSWORD_FILE, "absent");
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
