package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.job.Job;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever the lines, an import has the effect of sending one request after the other, and reports it. */
@QuarkusTest
class ImportLawsApiTest {

    private static final int KEYS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Jobs jobs;

    private final long seed = new Random().nextInt(1_000_000);
    private final Random random = new Random(seed);

    /** The expected state: title and version by key. */
    private final Map<String, String> titles = new TreeMap<>();

    private final Map<String, Integer> versions = new TreeMap<>();

    @Thorough
    @RepeatedTest(6)
    void everyLineIsAccountedFor() {
        String collection = Api.collection();
        for (int round = 0; round < 3; round++) {
            String mode = List.of("create", "upsert", "replace", "merge").get(random.nextInt(4));
            List<String> body = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            int lines = random.nextInt(1, 1_200);
            for (int line = 1; line <= lines; line++) {
                addLine(mode, line, body, expected);
            }
            byte[] octets = String.join("\n", body).getBytes(StandardCharsets.UTF_8);
            if (round == 1) {
                assertDoneByJob(octets, documents(collection) + ":import?mode=" + mode, expected);
            } else {
                assertAnswered(octets, documents(collection) + ":import?results=all&mode=" + mode, expected);
            }
            assertStored(collection);
        }
    }

    /** The connection is cut at any point. What was answered is stored, and then perhaps the effect of some more complete lines. */
    @RepeatedTest(4)
    void whatACutConnectionWasAnsweredIsThere() throws IOException {
        String collection = Api.collection();
        List<String> body = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
        int lines = random.nextInt(1, 1_500);
        for (int line = 1; line <= lines; line++) {
            addLine("upsert", line, body, expected);
            states.add(state());
        }
        String whole = String.join("\n", body);
        String part = whole.substring(0, random.nextInt(whole.length() + 1));
        int sent = (int) part.chars().filter(octet -> octet == '\n').count();
        List<String> answered = cutOff(documents(collection) + ":import?results=all", part, random.nextInt(sent + 1));

        assertThat(answered).as("seed %d", seed).isEqualTo(expected.subList(0, answered.size()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states.subList(answered.size(), sent + 1))
                .as("seed %d", seed)
                .contains(stored(collection)));
    }

    /** Sends an import that doesn't end, listens to so many answers and all that have come with them, and goes away without a word. */
    private static List<String> cutOff(String address, String lines, int answers) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.setSoLinger(true, 0);
            String chunk = lines.isEmpty() ? "" : Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n";
            socket.getOutputStream()
                    .write(("POST " + address + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n" + chunk)
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> answered = new ArrayList<>();
            while (answered.size() < answers || (answers > 0 && in.ready())) {
                String line = in.readLine();
                if (line.startsWith("{")) {
                    answered.add(said(json(line)));
                }
            }
            return answered;
        }
    }

    private Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        titles.forEach((key, title) -> state.put(key, title + " " + versions.get(key)));
        return state;
    }

    private static Map<String, String> stored(String collection) {
        List<Map<String, Object>> stored = given().get(documents(collection) + "?limit=1000")
                .then()
                .extract()
                .path("items");
        Map<String, String> state = new TreeMap<>();
        stored.forEach(document ->
                state.put((String) document.get("key"), document.get("title") + " " + document.get("version")));
        return state;
    }

    private void assertAnswered(byte[] body, String address, List<String> expected) {
        List<JsonNode> answer = given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(body)
                .post(address)
                .asString()
                .lines()
                .map(ImportLawsApiTest::json)
                .toList();
        assertThat(answer.subList(0, expected.size()).stream().map(ImportLawsApiTest::said))
                .as("seed %d", seed)
                .isEqualTo(expected);
        assertThat(answer.getLast().at("/summary/received").asInt()).isEqualTo(expected.size());
        for (String outcome : List.of("created", "updated", "unchanged", "failed")) {
            assertThat(answer.getLast().at("/summary/" + outcome).asLong())
                    .as("%s, seed %d", outcome, seed)
                    .isEqualTo(count(expected, outcome));
        }
    }

    private void assertDoneByJob(byte[] body, String address, List<String> expected) {
        String location = given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .header("Prefer", "respond-async")
                .body(body)
                .post(address)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        Job job = jobs.ended(UUID.fromString(location.substring("/v1/jobs/".length())));
        assertThat(job.total()).isEqualTo(expected.size());
        assertThat(job.failed()).as("seed %d", seed).isEqualTo(count(expected, "failed"));
        assertThat(job.done()).as("seed %d", seed).isEqualTo(expected.size() - job.failed());
        for (String outcome : List.of("created", "updated", "unchanged")) {
            assertThat(job.counts().getOrDefault(outcome, 0L))
                    .as("%s, seed %d", outcome, seed)
                    .isEqualTo(count(expected, outcome));
        }
        assertThat(given().get(location + "/errors").asString().lines().map(ImportLawsApiTest::json))
                .as("seed %d", seed)
                .extracting(error -> error.path("line").asInt() + " failed")
                .isEqualTo(expected.stream()
                        .filter(line -> line.endsWith("failed"))
                        .toList());
    }

    private static long count(List<String> expected, String outcome) {
        return expected.stream().filter(line -> line.endsWith(outcome)).count();
    }

    private void assertStored(String collection) {
        assertThat(stored(collection)).as("seed %d", seed).isEqualTo(state());
    }

    private static String said(JsonNode line) {
        return line.path("line").asInt() + " " + line.path("outcome").asText("failed");
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    private void addLine(String mode, int line, List<String> body, List<String> expected) {
        String key = "k" + random.nextInt(KEYS);
        switch (random.nextInt(8)) {
            case 0 -> {
                List<String> bad = List.of(
                        "rubbish", "null", "{\"key\":\"" + key + "\",\"title\":1}", "{\"key\":\"" + key + "\"}");
                int which = random.nextInt(4);
                body.add(bad.get(which));
                // A patch may say nothing.
                boolean isFine = which == 3 && mode.equals("merge") && titles.containsKey(key);
                expected.add(line + (isFine ? " unchanged" : " failed"));
            }
            case 1 -> {
                int version = random.nextInt(4);
                body.add("{\"key\":\"%s\",\"title\":\"%d\",\"ifVersion\":%d}".formatted(key, line, version));
                boolean fits = versions.getOrDefault(key, 0) == version;
                expected.add(line + " " + (fits ? write(mode, key, Integer.toString(line)) : "failed"));
            }
            default -> {
                String title = Integer.toString(random.nextInt(3));
                body.add("{\"key\":\"%s\",\"title\":\"%s\"}".formatted(key, title));
                expected.add(line + " " + write(mode, key, title));
            }
        }
    }

    private String write(String mode, String key, String title) {
        boolean isThere = titles.containsKey(key);
        if ((mode.equals("create") && isThere) || ((mode.equals("replace") || mode.equals("merge")) && !isThere)) {
            return "failed";
        }
        if (title.equals(titles.put(key, title))) {
            return "unchanged";
        }
        versions.merge(key, 1, Integer::sum);
        return isThere ? "updated" : "created";
    }
}
