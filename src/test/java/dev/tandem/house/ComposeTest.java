package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Each profile of {@code docker/compose.yaml} starts one Tandem with what it needs. There may be no Docker to try it. */
class ComposeTest {

    private static final Path FOLDER = Path.of("docker");
    private static final String DEFAULT = "lucene";

    /** The profile that is used beside another one. */
    private static final String OBSERVABILITY = "observability";

    /** What is taken from elsewhere: by Dockerfiles, which may name their own stages and arguments, and by services. */
    private static final Pattern FOREIGN = Pattern.compile("(?m)^(?:ARG JAVA=|FROM (?!\\$)|\\s+image: )(\\S+)");

    private static final Pattern PINNED = Pattern.compile("[a-z/-]+:[\\w.-]+@sha256:[0-9a-f]{64}");

    /** What a Dockerfile copies from the checkout, without where to. */
    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?!--from)(?:--\\S+ )*(.+) \\S+$");

    private Map<String, Map<String, Object>> services = Map.of();

    @BeforeEach
    void read() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(FOLDER.resolve("compose.yaml")));
        services = compose.get("services");
    }

    /** Others move a tag, but nobody a digest. */
    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "Dockerfile.jvm", "Dockerfile.native"})
    void nothingIsFetchedThatMayBeAnotherTomorrow(String file) throws IOException {
        List<String> images = FOREIGN.matcher(Files.readString(FOLDER.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(images).isNotEmpty().allMatch(PINNED.asMatchPredicate());
    }

    /** Docker sees nothing else of the checkout. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void theIgnoreFileLetsThroughWhatIsCopied(String file) throws IOException {
        List<String> let = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> copied = COPIED.matcher(Files.readString(FOLDER.resolve(file)))
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(" ")))
                .toList();
        assertThat(copied).isNotEmpty().allSatisfy(source -> assertThat(let)
                .anyMatch(path -> path.endsWith("/") ? source.startsWith(path) : source.equals(path)));
    }

    @Test
    void eachProfileHasOneTandemWhoseDefaultEngineIsItsName() {
        assertThat(profiles()).containsExactly(DEFAULT, OBSERVABILITY, "opensearch", "pgvector");
        for (String profile : profiles()) {
            if (profile.equals(OBSERVABILITY)) {
                continue;
            }
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
    void tandemMayDoLittle() {
        assertThat(tandems()).allSatisfy(tandem -> assertThat(tandem)
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("tmpfs", List.of("/tmp"))
                .containsEntry("security_opt", List.of("no-new-privileges:true")));
    }

    @Test
    void onlyThisMachineReachesAnything() {
        for (Map<String, Object> service : services.values()) {
            List<?> ports = (List<?>) service.getOrDefault("ports", List.of());
            assertThat(ports).allSatisfy(port -> assertThat((String) port).startsWith("127.0.0.1:"));
        }
    }

    @Test
    void thePasswordIsRequiredAndNotThatOfASuperuser() throws IOException {
        assertThat(tandems()).allSatisfy(tandem -> {
            Map<?, ?> environment = (Map<?, ?>) tandem.get("environment");
            assertThat((String) environment.get("QUARKUS_DATASOURCE_PASSWORD"))
                    .startsWith("${TANDEM_DATABASE_PASSWORD:?");
            assertThat(environment.get("QUARKUS_DATASOURCE_USERNAME")).isEqualTo("tandem");
        });
        assertThat((Map<?, ?>) postgres().get("environment"))
                .extracting(Map::keySet)
                .asInstanceOf(COLLECTION)
                .doesNotContain("POSTGRES_USER");
        assertThat((List<?>) postgres().get("volumes"))
                .map(String.class::cast)
                .contains("./postgres/owner.sh:/docker-entrypoint-initdb.d/owner.sh:ro");
        assertThat(Files.isExecutable(FOLDER.resolve("postgres/owner.sh"))).isTrue();
    }

    @Test
    void prometheusAsksEveryTandemUnderTheNameThatTheRulesExpect() throws IOException {
        Map<String, List<Map<String, Object>>> prometheus =
                new Yaml().load(Files.readString(FOLDER.resolve("observability/prometheus.yaml")));
        Map<String, Object> job = prometheus.get("scrape_configs").getFirst();
        assertThat(job).containsEntry("job_name", "tandem").containsEntry("metrics_path", "/q/metrics");
        Map<?, ?> names = (Map<?, ?>) ((List<?>) job.get("dns_sd_configs")).getFirst();
        assertThat(Set.copyOf((List<?>) names.get("names"))).isEqualTo(tandemNames());
    }

    @Test
    void settingsExist() {
        Set<String> known = Markdown.of(Path.of("docs/configuration.md")).rows().keySet().stream()
                .map(setting -> setting.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (Map<String, Object> service : services.values()) {
            if (service.equals(postgres())) {
                continue;
            }
            Map<?, ?> environment = (Map<?, ?>) service.getOrDefault("environment", Map.of());
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

    private Set<String> tandemNames() {
        return services.keySet().stream()
                .filter(name -> services.get(name).containsKey("build"))
                .collect(Collectors.toSet());
    }

    private List<Map<String, Object>> tandems() {
        return tandemNames().stream().map(services::get).toList();
    }

    private Map<String, Object> postgres() {
        return services.get("postgres");
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
