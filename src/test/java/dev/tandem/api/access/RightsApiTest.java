package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.access.Guarded.as;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.openapi.Description;
import dev.tandem.domain.access.KeyText;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every route of the API's description with every kind of caller gives what the table in {@code docs/security.md} says. */
@QuarkusTest
@TestProfile(Guarded.class)
class RightsApiTest {

    private static final Path TABLE = Path.of("docs/security.md");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+ /v1[^`]*)` \\|(.*)\\|");

    /** The columns of the table, in their order. */
    private static final List<String> CALLERS = List.of("none", "foreign", "scoped", "read", "write", "admin", "root");

    private static final Set<String> HIDING =
            Set.of("collection.not_found", "alias.not_found", "job.not_found", "key.not_found");

    @Test
    void everyRouteDoesWhatTheTableSays() throws IOException {
        Map<String, String> table = table();
        Map<String, String> seen = new TreeMap<>();
        Set<String> routes =
                new java.util.TreeSet<>(Description.read().operations().keySet());
        assertThat(table.keySet()).as("routes in the table").isEqualTo(routes);
        for (String route : routes) {
            World world = new World(route.split("[/:]", -1)[2]);
            StringBuilder cells = new StringBuilder();
            for (String caller : CALLERS) {
                cells.append(' ').append(answer(route, world, caller)).append(" |");
            }
            seen.put(route, cells.toString());
        }
        assertThat(seen).isEqualTo(table);
    }

    /** A collection with a document, a job and a key, and who asks for them. Callers have the same right on the records of a model. */
    private static final class World {

        final String name = freeName();
        final Map<String, String> callers = new LinkedHashMap<>();
        final String job;

        /** @param records the first part of the address, which is the name of the records if it is that of a model */
        World(String records) {
            String admin = key("admin", name + "*", records);
            String reader = key("read", name, records);
            collection(admin, name);
            as(admin, "{\"title\": \"Tea\"}")
                    .put(documents(name) + "/tea")
                    .then()
                    .statusCode(201);
            as(admin, "{\"collection\": \"%s\"}".formatted(name))
                    .put("/v1/aliases/" + name + "-alias")
                    .then()
                    .statusCode(201);
            callers.put("none", "");
            callers.put("foreign", key("admin", freeName()));
            callers.put(
                    "scoped",
                    as(
                                    reader,
                                    "{\"filter\": {\"tenant\": \"a\"}, \"expires\": \"%s\"}"
                                            .formatted(Instant.now().plus(Duration.ofHours(1))))
                            .post("/v1/keys:scope")
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("key"));
            callers.put("read", reader);
            callers.put("write", key("write", name, records));
            callers.put("admin", admin);
            callers.put("root", Guarded.ROOT);
            this.job = as(admin)
                    .post("/v1/collections/" + name + ":rebuild")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id");
        }

        String path(String template) {
            // Another one for each caller, because some revoke it.
            String key = template.contains("/keys/{id}")
                    ? KeyText.parse(key("read", name)).orElseThrow().id()
                    : "";
            return template.replace("{name}", name)
                    .replace("/jobs/{id}", "/jobs/" + job)
                    .replace("/keys/{id}", "/keys/" + key)
                    .replace("{alias}", name + "-alias")
                    .replace("{key}", "tea")
                    .replace("{version}", "1")
                    .replaceAll("\\{[a-z]+}", "01a20669-cd09-715e-bbab-3600711aa0e0");
        }
    }

    private static String answer(String route, World world, String caller) {
        String[] parts = route.split(" ", 2);
        String body =
                switch (route) {
                    case "POST /v1/collections", "POST /v1/collections/{name}:rename" ->
                        "{\"name\": \"" + world.name + "-new\"}";
                    case "POST /v1/collections/{name}:copy" ->
                        "{\"name\": \"" + world.name + "-copy\", \"follow\": false}";
                    case "POST /v1/search" -> "{\"collections\": [\"" + world.name + "\"], \"query\": \"tea\"}";
                    default -> "{}";
                };
        Response answer = parts[0].equals("GET") || parts[0].equals("DELETE")
                ? as(world.callers.getOrDefault(caller, "")).request(parts[0], world.path(parts[1]))
                : as(world.callers.getOrDefault(caller, ""), body).request(parts[0], world.path(parts[1]));
        boolean isRefused = answer.statusCode() == 401
                || answer.statusCode() == 403
                || (answer.statusCode() == 404 && HIDING.contains(String.valueOf((Object) answer.path("code"))));
        assertThat(answer.statusCode()).as("%s as %s", route, caller).isLessThan(500);
        return isRefused ? Integer.toString(answer.statusCode()) : "yes";
    }

    private static Map<String, String> table() throws IOException {
        Map<String, String> table = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                table.put(row.group(1), row.group(2) + "|");
            }
        }
        return table;
    }
}
