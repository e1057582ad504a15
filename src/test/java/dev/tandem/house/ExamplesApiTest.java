package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.Api;
import dev.tandem.testing.ModelRoutes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The service answers the requests of the documentation as the documentation shows it: with this status, and a body of these members. The
 * README is followed from its beginning to its end. Each block of {@code docs/api.md} finds what the README has made, and what it speaks of.
 */
@QuarkusTest
class ExamplesApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the examples make, and other tests may make too. */
    private static final List<String> NAMES = List.of("kitchen", "points", "recipes", "cookbook");

    /** They need a file, a server of models, a caller who is somebody, a stream that ends, or what another answer has. */
    private static final List<String> ELSEWHERE = List.of(" -T ", "\"rerank\"", "/v1/keys", "/events", "$cursor");

    private static final Pattern PATH = Pattern.compile("localhost:8080(/v1/[^\\s'?]+)");
    private static final Pattern JOB = Pattern.compile("/v1/jobs/[0-9a-f-]{36}");
    private static final Pattern CONDITION = Pattern.compile("'If-Match: \"\\d+\"'");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> differences = new ArrayList<>();
    private String suffix = "";

    @BeforeEach
    void name() {
        suffix = Api.freeName().substring(1);
    }

    @AfterEach
    void remove() {
        delete("/v1/aliases/cookbook", "/v1/aliases/recipes");
        delete(
                "/v1/collections/kitchen",
                "/v1/collections/kitchen-v2",
                "/v1/collections/points",
                "/v1/collections/recipes-v1");
    }

    @Test
    void answersAreAsShown() throws IOException, InterruptedException {
        List<Example> tour = examples(Path.of("README.md"));
        for (Example example : tour) {
            compare(example);
        }
        List<Example> reference = examples(Path.of("docs/api.md"));
        for (Example example : reference) {
            if (example.isFirst()) {
                remove();
                prepare(tour, example.command());
            }
            compare(example);
        }
        assertThat(tour).hasSizeGreaterThan(10);
        assertThat(reference).hasSizeGreaterThan(50);
        assertThat(differences).isEmpty();
    }

    private List<Example> examples(Path path) throws IOException {
        String page = Files.readString(path);
        for (String name : NAMES) {
            page = page.replaceAll("(?<!8080/v1/)\\b" + name + "\\b", name + suffix);
        }
        return Example.of(page).stream()
                .filter(example -> ELSEWHERE.stream().noneMatch(example.command()::contains))
                .filter(example -> !isOfModel(example))
                .toList();
    }

    private static boolean isOfModel(Example example) {
        Matcher path = PATH.matcher(example.command());
        return path.find() && ModelRoutes.has(path.group(1));
    }

    /** What a command speaks of, but for what it makes itself. */
    private void prepare(List<Example> tour, String command) throws IOException, InterruptedException {
        for (Example example : tour) {
            if (example.command().matches("(?s)curl (-i )?-X PUT .*|curl -X POST \\S+/v1/collections .*")) {
                send(example);
            }
        }
        send("-X PUT localhost:8080/v1/collections/kitchen/documents/salt -d '{\"title\": \"Salt\"}'");
        if (!command.contains("\"name\": \"points")) {
            preparePoints(command);
        }
        if (!command.contains("-X PUT localhost:8080/v1/aliases")) {
            send("-X PUT localhost:8080/v1/aliases/cookbook -d '{\"collection\": \"kitchen\"}'");
        }
    }

    private void preparePoints(String command) throws IOException, InterruptedException {
        String points = "{\"name\": \"points\", \"embedding\": {\"model\": \"none\", \"dimensions\": 2}}";
        send("-X POST localhost:8080/v1/collections -d '" + points + "'");
        if (!command.contains("If-None-Match: *")) {
            send("-X PUT localhost:8080/v1/collections/points/documents/x -d '{\"vector\": [0, 0.5]}'");
        }
    }

    private void send(String arguments) throws IOException, InterruptedException {
        String command = "curl -H 'Content-Type: application/json' " + arguments;
        for (String name : NAMES) {
            command = command.replaceAll("\\b" + name + "\\b", name + suffix);
        }
        HttpResponse<String> response = send(new Example(true, command, "", Optional.empty()));
        assertThat(response.statusCode()).as(command + response.body()).isIn(200, 201);
    }

    private HttpResponse<String> send(Example example) throws IOException, InterruptedException {
        return client.send(
                example.request(URI.create("http://localhost:" + RestAssured.port)), BodyHandlers.ofString());
    }

    private void delete(String... addresses) {
        for (String address : addresses) {
            RestAssured.delete(address.replaceFirst("(-v\\d)?$", suffix + "$1"));
        }
    }

    private void compare(Example example) throws IOException, InterruptedException {
        HttpResponse<String> response = send(withJob(example));
        Optional<JsonNode> shown = example.answer().flatMap(ExamplesApiTest::body);
        Optional<JsonNode> answered = body(response.body());
        Optional<JsonNode> current = answered.map(body -> body.get("currentVersion"));
        if (response.statusCode() == 412 && current.isPresent()) {
            // Readers are at another version than the page.
            String command = CONDITION.matcher(example.command()).replaceFirst("'If-Match: \"" + current.get() + "\"'");
            response = send(example.with(command, example.answer()));
            answered = body(response.body());
        }
        int status = shown.filter(body -> body.has("code") && body.has("requestId"))
                .map(body -> body.get("status").asInt())
                .orElse(0);
        if (status == 0 ? response.statusCode() >= 400 : response.statusCode() != status) {
            differences.add(example.command() + "\n  answers " + response.statusCode() + " " + response.body());
        } else if (shown.isPresent() && answered.isPresent()) {
            compare(example, "", shown.get(), answered.get());
        }
    }

    /** With the newest job instead of that of the page, if it speaks of one. */
    private Example withJob(Example example) throws IOException, InterruptedException {
        if (!JOB.matcher(example.command()).find()) {
            return example;
        }
        String update =
                "curl -X POST localhost:8080/v1/collections/kitchen%s/documents:update -H 'Prefer: respond-async'"
                        + " -H 'Content-Type: application/json' -d '{\"filter\": {}, \"patch\": {\"title\": \"New\"}}'";
        HttpResponse<String> begun = send(new Example(true, update.formatted(suffix), "", Optional.empty()));
        String id = body(begun.body()).orElseThrow().get("id").asText();
        return example.with(JOB.matcher(example.command()).replaceAll("/v1/jobs/" + id), example.answer());
    }

    private void compare(Example example, String place, JsonNode shown, JsonNode answered) {
        if (shown.isArray() && answered.isArray()) {
            if (!shown.isEmpty() && !answered.isEmpty()) {
                compare(example, place + "/0", shown.get(0), answered.get(0));
            }
        } else if (shown.isObject() && answered.isObject()) {
            compareMembers(example, place, shown, answered);
        } else if (!shown.isNull() && !answered.isNull() && shown.getNodeType() != answered.getNodeType()) {
            differences.add("%s%n  %s shows %s, answers %s".formatted(example.command(), place, shown, answered));
        }
    }

    private void compareMembers(Example example, String place, JsonNode shown, JsonNode answered) {
        Set<String> members = members(shown);
        if (!members.equals(members(answered)) && !answered.isEmpty()) {
            differences.add(
                    "%s%n  %s shows %s, answers %s".formatted(example.command(), place, members, members(answered)));
        }
        members.retainAll(members(answered));
        members.forEach(name -> compare(example, place + "/" + name, shown.get(name), answered.get(name)));
    }

    private static Set<String> members(JsonNode object) {
        Set<String> members = new TreeSet<>();
        object.fieldNames().forEachRemaining(members::add);
        return members;
    }

    /** What is JSON in an answer: the whole, what follows its headers, or its first line. */
    private static Optional<JsonNode> body(String answer) {
        return answer.lines().filter(line -> line.startsWith("{")).findFirst().map(line -> {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        });
    }
}
