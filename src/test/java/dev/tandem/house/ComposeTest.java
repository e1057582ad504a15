package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Each profile of {@code docker/compose.yaml} starts one Tandem with what it needs. There may be no Docker to try it. */
class ComposeTest {

    private static final Path FOLDER = Path.of("docker");
    private static final String DEFAULT = "lucene";

    private Map<String, Map<String, Object>> services = Map.of();

    @BeforeEach
    void read() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(FOLDER.resolve("compose.yaml")));
        services = compose.get("services");
    }

    @Test
    void eachProfileHasOneTandemWhoseDefaultEngineIsItsName() {
        assertThat(profiles()).containsExactly(DEFAULT, "opensearch", "pgvector");
        for (String profile : profiles()) {
            List<Map<String, Object>> tandems = active(profile).stream()
                    .map(services::get)
                    .filter(service -> service.containsKey("build"))
                    .toList();
            assertThat(tandems).as(profile).hasSize(1);
            Map<?, ?> environment = (Map<?, ?>) tandems.getFirst().get("environment");
            Object engine = environment.get("TANDEM_INDEX_ENGINE");
            assertThat(engine == null ? DEFAULT : engine).isEqualTo(profile);
            assertThat(environment.get("TANDEM_INDEX_ENGINES")).isEqualTo(engine);
        }
    }

    @Test
    void whatAServiceDependsOnIsStartedWithItAndCanBeAsked() {
        for (String profile : profiles()) {
            Set<String> active = active(profile);
            for (String name : active) {
                Map<?, ?> needed = (Map<?, ?>) services.get(name).getOrDefault("depends_on", Map.of());
                assertThat(needed.keySet()).as(name).allSatisfy(other -> {
                    assertThat(active).contains((String) other);
                    assertThat(services.get(other)).containsKey("healthcheck");
                    assertThat(networks(name)).containsAnyElementsOf(networks((String) other));
                });
            }
        }
    }

    @Test
    void nothingIsFetchedThatMayBeAnotherTomorrow() {
        assertThat(services.values()).allSatisfy(service -> assertThat(service.containsKey("build")
                        || ((String) service.get("image")).matches("[a-z/]+:[0-9]+(\\.[0-9]+)*[a-z0-9.-]*"))
                .isTrue());
    }

    @Test
    void settingsExist() {
        Set<String> known = Markdown.of(Path.of("docs/configuration.md")).rows().keySet().stream()
                .map(setting -> setting.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (Map<String, Object> service : services.values()) {
            Map<?, ?> environment = (Map<?, ?>) service.get("environment");
            assertThat(environment.keySet())
                    .filteredOn(name -> ((String) name).startsWith("TANDEM_"))
                    .allSatisfy(name -> assertThat(known).contains((String) name));
        }
    }

    @Test
    void theProfileIsLuceneIfNoneIsNamed() throws IOException {
        Properties variables = new Properties();
        variables.load(Files.newBufferedReader(FOLDER.resolve(".env")));
        assertThat(variables.getProperty("COMPOSE_PROFILES")).isEqualTo(DEFAULT);
    }

    private Set<String> profiles() {
        Set<String> profiles = new TreeSet<>();
        services.values().forEach(service -> profilesOf(service).forEach(profile -> profiles.add((String) profile)));
        return profiles;
    }

    /** The services that are started with the profile. One without profiles always is. */
    private Set<String> active(String profile) {
        return services.keySet().stream()
                .filter(name -> {
                    List<?> own = profilesOf(services.get(name));
                    return own.isEmpty() || own.contains(profile);
                })
                .collect(Collectors.toSet());
    }

    private static List<?> profilesOf(Map<String, Object> service) {
        return (List<?>) service.getOrDefault("profiles", List.of());
    }

    private List<String> networks(String service) {
        List<?> named = (List<?>) services.get(service).getOrDefault("networks", List.of("default"));
        return named.stream().map(String.class::cast).toList();
    }
}
