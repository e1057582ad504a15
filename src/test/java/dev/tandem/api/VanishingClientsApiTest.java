package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that disconnect in the middle of an import, an export or a list. */
@QuarkusTest
class VanishingClientsApiTest {

    private static final int CLIENTS = 1_000;
    private static final int AT_ONCE = 50;

    @Thorough
    @Test
    void leaveNothingBehind() throws Exception {
        String collection = Api.collection();
        String content = "x".repeat(20_000);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            lines.append("{\"key\":\"k%d\",\"content\":\"%s\"}\n".formatted(i, content));
        }
        given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(lines.toString().getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200);
        String export = "GET " + documents(collection) + ":export HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String begun = head(collection) + chunk("{\"title\":\"1\"}\n".repeat(700)) + "ffff\r\n{\"key\":";
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            open.add(send(i % 2 == 0 ? export : begun));
            if (open.size() == AT_ONCE) {
                vanish(open);
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(Database.busyConnections()).isEmpty();
            // The largest number of streams can run again: no disconnected client holds a slot.
            List<Socket> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(send(begun));
            }
            for (int i = 0; i < 16; i++) {
                all.add(send(export));
            }
            try {
                for (Socket socket : all) {
                    assertThat(statusLine(socket)).contains("200");
                }
            } finally {
                vanish(all);
            }
        });
        assertThat(given().urlEncodingEnabled(false)
                        .get(documents(collection) + ":export")
                        .asString()
                        .lines())
                .hasSizeGreaterThanOrEqualTo(400);
    }

    @Test
    void whatWasAcknowledgedIsThereAndAPartOfALineIsNot() throws Exception {
        String collection = Api.collection();
        try (Socket socket = send(head(collection)
                + chunk("{\"key\":\"w\",\"title\":\"1\"}\n" + "{\"title\":\"1\"}\n".repeat(600))
                + chunk("{\"key\":\"half\",\"title\":\"1\"}"))) {
            assertThat(statusLine(socket)).contains("200");
        }
        given().get(documents(collection) + "/w").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Database.busyConnections()).isEmpty());
        given().get(documents(collection) + "/half").then().statusCode(404);
    }

    /** Much sooner than a statement may take. */
    @Test
    void aListThatNobodyWaitsForIsCancelled() throws Exception {
        String collection = Api.collection();
        Api.put(collection, "k", "{\"title\": \"1\"}");
        String list = "GET " + documents(collection) + "/k/revisions HTTP/1.1\r\nHost: localhost\r\n\r\n";
        Database.execute("alter table revision rename to revision_aside");
        Database.execute(
                "create view revision as select revision_aside.* from (select pg_sleep(60)) pause, revision_aside");
        try {
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                open.add(send(list));
            }
            await().atMost(PATIENCE).until(() -> Database.busyConnections().size() == 3);
            vanish(open);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(Database.busyConnections()).isEmpty());
        } finally {
            Database.execute("drop view revision");
            Database.execute("alter table revision_aside rename to revision");
        }
        given().get(documents(collection) + "/k/revisions").then().statusCode(200);
    }

    private static String head(String collection) {
        return "POST " + documents(collection)
                + ":import?results=all HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static Socket send(String request) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    /** Disconnects with a reset instead of a close. */
    private static void vanish(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        sockets.clear();
    }
}
