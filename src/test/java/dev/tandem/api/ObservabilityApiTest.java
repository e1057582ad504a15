package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.RerankApiTest.TwoRerankers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alarms name only metrics and labels that a running service has, one with rerankers. */
@QuarkusTest
@TestProfile(TwoRerankers.class)
class ObservabilityApiTest {

    private static final Path FOLDER = Path.of("docker/observability");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z0-9_]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern GROUPS = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z][a-z0-9_]*)\\b(?:\\{([^}]*)})?(?!\\s*\\()");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ `?([^`\\n]+)`?$");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "on", "ignoring", "bool", "offset");

    /** What Prometheus adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private record Series(String name, Map<String, String> labels) {}

    private record Matcher(String label, String operator, String value) {

        boolean fits(Series series) {
            String actual = series.labels().getOrDefault(label, "");
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                default -> !actual.matches(value);
            };
        }
    }

    @Test
    void everyExpressionIsAboutWhatTheServiceHas() throws IOException {
        // Of the default model.
        String collection = Api.collection("\"description\": \"observed\"");
        Api.put(collection, "a", "{\"title\": \"a\", \"content\": \"some text\"}");
        Api.json("{\"query\": \"text\"}")
                .post(Api.COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200);
        given().get(Api.COLLECTIONS + "/no-such").then().statusCode(404);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exported())
                .extracting(Series::name)
                .contains("tandem_embedding_calls_seconds_count", "http_server_requests_seconds_count"));

        List<Series> exported = exported();
        List<String> expressions =
                new ArrayList<>(alarms().map(alarm -> alarm.get("expr")).toList());
        JsonNode dashboard =
                new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
        dashboard.findValues("targets").forEach(targets -> targets.findValuesAsText("expr")
                .forEach(expressions::add));
        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(expressions).allSatisfy(expression -> check(expression, exported));
    }

    @Test
    void everyAlarmSaysWhatToDo() throws IOException {
        Set<String> headings = headings("docs/operations.md");
        assertThat(alarms().toList()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(headings).contains(alarm.get("alert"));
            assertThat(alarm.get("runbook"))
                    .endsWith("/docs/operations.md#" + alarm.get("alert").toLowerCase(Locale.ROOT));
        });
    }

    /** Every selector finds a series that has the labels by which the expression groups. */
    private static void check(String expression, List<Series> exported) throws IOException {
        Set<String> groups = GROUPS.matcher(expression)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !OF_PROMETHEUS.contains(label))
                .collect(toSet());
        String selectors = GROUPS.matcher(expression).replaceAll(" ").replaceAll("\\[[^]]*]", "");
        List<MatchResult> found = SELECTOR.matcher(selectors)
                .results()
                .filter(selector -> !OPERATORS.contains(selector.group(1)))
                .toList();
        assertThat(found).as(expression).isNotEmpty();
        for (MatchResult selector : found) {
            if (selector.group(1).equals("up")) {
                continue;
            }
            List<Matcher> matchers = matchers(selector.group(2));
            checkCodes(matchers, exported);
            assertThat(exported)
                    .as(selector.group())
                    .anyMatch(series -> series.name().equals(selector.group(1))
                            && series.labels().keySet().containsAll(groups)
                            && matchers.stream().allMatch(matcher -> matcher.fits(series)));
        }
    }

    /** Each is a code that is explained, and is counted before there is one. */
    private static void checkCodes(List<Matcher> matchers, List<Series> exported) throws IOException {
        for (Matcher matcher : matchers) {
            if (matcher.label().equals("code")) {
                String[] codes = matcher.value().split("[|]");
                assertThat(headings("docs/problems.md")).contains(codes);
                assertThat(exported)
                        .filteredOn(series -> series.name().equals("tandem_problems_total"))
                        .extracting(series -> series.labels().get("code"))
                        .contains(codes);
            }
        }
    }

    private static List<Matcher> matchers(String text) {
        List<Matcher> matchers = new ArrayList<>();
        if (text != null) {
            LABEL.matcher(text)
                    .results()
                    .filter(label -> !OF_PROMETHEUS.contains(label.group(1)))
                    .forEach(label -> matchers.add(new Matcher(label.group(1), label.group(2), label.group(3))));
        }
        return matchers;
    }

    private static List<Series> exported() {
        return SAMPLE.matcher(Api.operating("/q/metrics").asString())
                .results()
                .map(sample -> new Series(sample.group(1), labels(sample.group(2))))
                .toList();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(3)));
        }
        return labels;
    }

    /** Each with its name, its expression and its runbook. */
    private static Stream<Map<String, String>> alarms() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(FOLDER.resolve("alerts.yaml")));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .map(rule -> Map.of(
                        "alert", rule.get("alert").toString(),
                        "expr", rule.get("expr").toString(),
                        "runbook",
                                ((Map<?, ?>) rule.get("annotations"))
                                        .get("runbook_url")
                                        .toString()));
    }

    private static Set<String> headings(String file) throws IOException {
        return HEADING.matcher(Files.readString(Path.of(file)))
                .results()
                .map(heading -> heading.group(1))
                .collect(toSet());
    }
}
