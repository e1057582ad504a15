package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What {@code docker/kubernetes} says of the service is what the service and its image do. There may be no cluster to try it. */
class KubernetesTest {

    private static final Path FOLDER = Path.of("docker/kubernetes");
    private static final Path CHART = FOLDER.resolve("chart");
    private static final Pattern VALUE = Pattern.compile("\\.Values\\.([A-Za-z.]+)");
    private static final Pattern USER = Pattern.compile("(?m)^USER (\\d+):\\d+$");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^EXPOSE (\\d+) (\\d+)$");
    private static final Pattern INDEX = Pattern.compile("(?m)^VOLUME (\\S+)$");
    private static final Pattern VERSION = Pattern.compile("<artifactId>tandem</artifactId>\\s*<version>([^<]+)<");

    private Map<String, Object> server = Map.of();
    private Map<String, Object> job = Map.of();
    private final Properties properties = new Properties();
    private String image = "";

    @BeforeEach
    void read() throws IOException {
        server = yaml(FOLDER.resolve("base/deployment.yaml"));
        job = yaml(FOLDER.resolve("components/migration-job/job.yaml"));
        image = Files.readString(Path.of("docker/Dockerfile.jvm"));
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
    }

    @Test
    void portsAreThoseOfTheServiceAndItsImage() throws IOException {
        Map<String, String> documented =
                Markdown.of(Path.of("docs/configuration.md")).rows();
        MatchResult exposed = found(EXPOSED, image);
        List<Map<String, Object>> ports = at(container(server), "ports");
        assertThat(ports)
                .extracting(port -> port.get("name") + " " + port.get("containerPort"))
                .containsExactly("http " + exposed.group(1), "management " + exposed.group(2));
        assertThat(properties.getProperty("quarkus.http.port")).isEqualTo(exposed.group(1));
        assertThat(documented).containsEntry("quarkus.management.port", exposed.group(2));
        List<Map<String, Object>> served = at(yaml(FOLDER.resolve("base/service.yaml")), "spec", "ports");
        assertThat(served)
                .extracting(port -> port.get("targetPort") + " " + port.get("port"))
                .containsExactly("http " + exposed.group(1), "management " + exposed.group(2));
    }

    @Test
    void probesAskForWhatIsDescribed() {
        Set<String> addresses =
                Markdown.of(Path.of("docs/operations.md")).rows().keySet();
        for (String kind : List.of("startup", "liveness", "readiness")) {
            Map<String, Object> probe = at(container(server), kind + "Probe", "httpGet");
            assertThat(probe).containsEntry("port", "management");
            assertThat(addresses).contains((String) probe.get("path"));
            assertThat((String) probe.get("path")).contains(kind.substring(0, 4));
        }
    }

    @Test
    void podsAreAsUnprivilegedAsTheImageAllows() {
        for (Map<String, Object> workload : List.of(server, job)) {
            Map<String, Object> pod = at(workload, "spec", "template", "spec");
            Map<String, Object> security = at(pod, "securityContext");
            assertThat(security)
                    .containsEntry(
                            "runAsUser", Integer.valueOf(found(USER, image).group(1)))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            assertThat(pod).containsEntry("automountServiceAccountToken", false);
            Map<String, Object> inside = at(container(workload), "securityContext");
            assertThat(inside)
                    .containsEntry("readOnlyRootFilesystem", true)
                    .containsEntry("allowPrivilegeEscalation", false)
                    .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
            assertThat(mounts(workload)).contains("/tmp");
        }
        assertThat(mounts(server)).contains(found(INDEX, image).group(1));
    }

    @Test
    void settingsExistAndSecretsAreMounted() {
        Set<String> known = Markdown.of(Path.of("docs/configuration.md")).rows().keySet().stream()
                .map(setting -> setting.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (Map<String, Object> workload : List.of(server, job)) {
            List<Map<String, Object>> settings = at(container(workload), "env");
            assertThat(settings)
                    .extracting(setting -> (String) setting.get("name"))
                    .isSubsetOf(known);
            assertThat(settings)
                    .filteredOn(setting -> ((String) setting.get("name")).endsWith("_FILE"))
                    .isNotEmpty()
                    .allSatisfy(setting -> assertThat(mounts(workload))
                            .contains(Path.of((String) setting.get("value"))
                                    .getParent()
                                    .toString()));
        }
        assertThat(known).contains("QUARKUS_FLYWAY_MIGRATE_AT_START");
    }

    /** Of the Job and of the replicas, the same: whoever changes one address has to change the other. */
    @Test
    void theJobMigratesTheDatabaseThatTheReplicasUse() {
        List<Map<String, Object>> ofServer = at(container(server), "env");
        List<Map<String, Object>> ofJob = at(container(job), "env");
        assertThat(ofJob).isNotEmpty().isSubsetOf(ofServer);
        assertThat(container(job)).containsEntry("args", List.of("db", "migrate"));
        assertThat(container(job)).containsEntry("image", container(server).get("image"));
    }

    @Test
    void whatSelectsPodsSelectsReplicasOnly() throws IOException {
        Map<String, Object> own = at(server, "spec", "template", "metadata", "labels");
        Map<String, Object> ofJob = at(job, "spec", "template", "metadata", "labels");
        List<Map<String, Object>> selectors = List.of(
                at(server, "spec", "selector", "matchLabels"),
                at(yaml(FOLDER.resolve("base/service.yaml")), "spec", "selector"),
                at(yaml(FOLDER.resolve("base/poddisruptionbudget.yaml")), "spec", "selector", "matchLabels"),
                at(yaml(FOLDER.resolve("base/networkpolicy.yaml")), "spec", "podSelector", "matchLabels"));
        assertThat(selectors).allSatisfy(selector -> {
            assertThat(selector.entrySet()).isNotEmpty().isSubsetOf(own.entrySet());
            assertThat(ofJob.entrySet()).doesNotContainAnyElementsOf(selector.entrySet());
        });
    }

    @Test
    void aReplicaHasTheTimeThatItNeedsToStop() throws IOException {
        String delay = KubernetesTest.<List<Map<String, Object>>>at(container(server), "env").stream()
                .filter(setting -> "QUARKUS_SHUTDOWN_DELAY".equals(setting.get("name")))
                .findFirst()
                .map(setting -> (String) setting.get("value"))
                .orElseThrow();
        assertThat(properties).containsEntry("quarkus.shutdown.delay-enabled", "true");
        int grace = at(server, "spec", "template", "spec", "terminationGracePeriodSeconds");
        assertThat(grace)
                .isGreaterThanOrEqualTo(
                        seconds(delay) + seconds(properties.getProperty("quarkus.shutdown.timeout")) + 20);
        int period = at(container(server), "readinessProbe", "periodSeconds");
        int failures = at(container(server), "readinessProbe", "failureThreshold");
        assertThat(period * failures).isLessThan(seconds(delay));
    }

    @Test
    void kustomizationsNameFilesThatExistAndVersionsAreThatOfTheBuild() throws IOException {
        String version = found(VERSION, Files.readString(Path.of("pom.xml"))).group(1);
        List<Path> all;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            all = files.filter(file -> file.endsWith("kustomization.yaml")).toList();
        }
        assertThat(all).hasSize(6);
        for (Path file : all) {
            Map<String, Object> kustomization = yaml(file);
            List<Object> named = new ArrayList<>(list(kustomization, "resources"));
            named.addAll(list(kustomization, "components"));
            list(kustomization, "patches").forEach(patch -> named.add(((Map<?, ?>) patch).get("path")));
            assertThat(named).as(file.toString()).isNotEmpty().allSatisfy(name -> assertThat(
                            file.resolveSibling((String) name))
                    .exists());
            assertThat(list(kustomization, "images")).allSatisfy(tag -> assertThat(((Map<?, ?>) tag).get("newTag"))
                    .isEqualTo(version));
        }
        assertThat(yaml(CHART.resolve("Chart.yaml")))
                .containsEntry("version", version)
                .containsEntry("appVersion", version);
    }

    @Test
    void eachValueOfTheChartIsUsedAndEachUsedOneExists() throws IOException {
        Set<String> values = new TreeSet<>();
        leaves("", yaml(CHART.resolve("values.yaml")), values);
        Set<String> used = new TreeSet<>();
        try (Stream<Path> templates = Files.list(CHART.resolve("templates"))) {
            for (Path template : templates.toList()) {
                VALUE.matcher(Files.readString(template)).results().forEach(value -> used.add(value.group(1)));
            }
        }
        assertThat(used).isNotEmpty().allMatch(name -> values.stream()
                .anyMatch(value -> value.equals(name) || value.startsWith(name + ".")));
        assertThat(values)
                .allMatch(value -> used.stream().anyMatch(name -> value.equals(name) || value.startsWith(name + ".")));
    }

    private static void leaves(String prefix, Map<?, ?> values, Set<String> names) {
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                leaves(prefix + name + ".", inner, names);
            } else {
                names.add(prefix + name);
            }
        });
    }

    private static List<String> mounts(Map<String, Object> workload) {
        List<Map<String, Object>> mounts = at(container(workload), "volumeMounts");
        return mounts.stream().map(mount -> (String) mount.get("mountPath")).toList();
    }

    private static Map<String, Object> container(Map<String, Object> workload) {
        List<Map<String, Object>> containers = at(workload, "spec", "template", "spec", "containers");
        return containers.getFirst();
    }

    private static List<?> list(Map<String, Object> from, String name) {
        return (List<?>) from.getOrDefault(name, List.of());
    }

    private static int seconds(String duration) {
        return Integer.parseInt(duration.replaceFirst("S$", ""));
    }

    private static MatchResult found(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow();
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T at(Map<String, Object> from, String... path) {
        Object found = from;
        for (String name : path) {
            found = ((Map<String, Object>) found).get(name);
            assertThat(found).as(name).isNotNull();
        }
        return (T) found;
    }
}
