package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.access.Guarded.ROOT;
import static dev.tandem.api.access.Guarded.as;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.Api;
import dev.tandem.domain.access.KeyText;
import dev.tandem.testing.Database;
import dev.tandem.testing.Logged;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a caller shows to be let in is seen by nobody else: in no answer, no log, no metric, and not in the database. */
@QuarkusTest
@TestProfile(Guarded.class)
class SecretsApiTest {

    private static final Logger OURS = Logger.getLogger("dev.tandem");

    @Thorough
    @Test
    void secretsStaySecret() throws SQLException {
        String name = freeName();
        Level before = OURS.getLevel();
        OURS.setLevel(Level.ALL);
        try (Logged logged = new Logged(Level.ALL)) {
            String admin = key("admin", name);
            String reader = key("read", name);
            collection(admin, name);
            String scoped = as(reader, "{\"filter\": {\"tenant\": \"a\"}, \"expires\": \"2099-01-01T00:00:00Z\"}")
                    .post("/v1/keys:scope")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("key");
            List<String> secrets = new ArrayList<>(
                    List.of(ROOT, secret(admin), secret(reader), scoped.substring(scoped.lastIndexOf('.'))));
            List<String> said = new ArrayList<>();
            for (String credential :
                    List.of(admin, reader, scoped, ROOT, reader + "x", scoped + "x", secret(reader), "")) {
                for (Response answer : List.of(
                        as(credential).get("/v1/collections"),
                        as(credential).get("/v1/keys"),
                        as(credential).get("/v1/audit"),
                        as(credential).get("/v1/nothing?key=" + credential.length()),
                        as(credential, "{\"title\": \"x\"").put(documents(name) + "/a"),
                        as(credential, "{\"title\": \"x\"}").put(documents(name) + "/a"),
                        as(credential, "{\"query\": \"x\", \"vector\": [1, 2, 3]}")
                                .post("/v1/collections/" + name + "/search"))) {
                    said.add(answer.getHeaders() + answer.asString());
                }
            }
            said.add(Api.operating("/q/metrics").asString());
            said.add(Api.operating("/q/health").asString());
            said.addAll(logged.lines());
            assertThat(said).hasSizeGreaterThan(50);
            for (String secret : secrets) {
                assertThat(said).as("what is said").noneMatch(text -> text.contains(secret));
                assertThat(tablesWith(secret)).as("what is stored").isEmpty();
            }
            assertThat(tablesWith(name)).contains("collection");
        } finally {
            OURS.setLevel(before);
        }
    }

    private static String secret(String key) {
        return KeyText.parse(key).orElseThrow().secret();
    }

    /** The tables with this text in any column of any row. */
    private static List<Object> tablesWith(String text) throws SQLException {
        List<Object> found = new ArrayList<>();
        for (Object table : Database.column(
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")) {
            String rows =
                    "select count(*) from \"" + table + "\" as present where position(? in cast(present as text)) > 0";
            if (Database.number(rows, text) > 0) {
                found.add(table);
            }
        }
        return found;
    }
}
