package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.RawHttp.Answer;
import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is refused for its media type only if it has one that the client does not accept. */
@QuarkusTest
class AcceptApiTest {

    private static final String JSON = "Content-Type: application/json";

    private static final String WITHOUT_MODEL = "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}";

    private static final List<String> ODD = List.of(
            "Accept: application/problem+json",
            "Accept: Application/Problem+JSON; charset=utf-8",
            "Accept: application/problem+json;q=0.1, text/html",
            "Accept: text/html\r\nAccept: application/problem+json",
            "Accept: */*",
            "Accept: ",
            "Accept:  ,",
            "Accept: text/html",
            "Accept: text/html;q=x",
            "Accept: nonsense",
            "Accept: /",
            "Accept: a/b/c",
            "Accept: application/xml, ;;;, \"",
            "Accept: \u00e4/\u00f6",
            "Accept: application/json;q=0",
            "Accept: " + "text/html,".repeat(500));

    /** What the others say beside something that no client can mean. */
    private static final List<String> FINE = List.of(
            "Accept: application/problem+json",
            "Accept: application/problem+json, text/html",
            "Accept: TEXT/html , APPLICATION/problem+json;q=0.5",
            "Accept: text/html\r\nAccept: application/problem+json",
            "Accept: */*",
            "Accept: */*;q=0.1",
            "Accept: ",
            "Accept: nonsense, */*");

    @Thorough
    @Test
    void anAnswerWithoutABodyIsNeverRefused() throws SQLException {
        for (String accept : ODD) {
            String name = Api.collection();
            json("{\"title\": \"t\"}").put(documents(name) + "/a").then().statusCode(201);
            park(name);
            for (String path :
                    List.of(COLLECTIONS + "/" + name + "/parked/a", documents(name) + "/a", COLLECTIONS + "/" + name)) {
                if (!path.contains("parked")) {
                    Answer head = RawHttp.send("HEAD", path, "", accept);
                    assertThat(head.status()).as(accept + " HEAD " + path).isEqualTo(200);
                }
                Answer answer = RawHttp.send("DELETE", path, "", accept);
                assertThat(answer.status()).as(accept + " " + path).isEqualTo(204);
                assertThat(answer.body()).isEmpty();
                Answer again = RawHttp.send("DELETE", path, "", accept);
                assertThat(again.status()).as(accept + " " + path).isEqualTo(404);
                assertThat(again.isProblem()).isTrue();
            }
        }
    }

    @Thorough
    @Test
    void aDeletionThatWaitsIsAnsweredToo() {
        String name = Api.collection();
        json("{\"title\": \"t\"}").put(documents(name) + "/a").then().statusCode(201);
        assertThat(RawHttp.send(
                                "DELETE",
                                documents(name) + "/a",
                                "",
                                "Accept: application/problem+json",
                                "Prefer: wait=60")
                        .status())
                .isEqualTo(204);
        given().get(documents(name) + "/a").then().statusCode(404);
    }

    @Thorough
    @Test
    void whoAcceptsProblemsIsAnswered() {
        for (String accept : FINE) {
            String name = Api.freeName();
            String documents = documents(name);
            answers(201, "POST", COLLECTIONS, "{\"name\": \"" + name + "\", " + WITHOUT_MODEL + "}", accept);
            answers(200, "GET", COLLECTIONS, "", accept);
            answers(200, "GET", COLLECTIONS + "/" + name, "", accept);
            answers(200, "GET", COLLECTIONS + "/" + name + "/stats", "", accept);
            answers(200, "PATCH", COLLECTIONS + "/" + name, "{\"description\": \"d\"}", accept);
            answers(200, "PUT", COLLECTIONS + "/" + name, "{}", accept);
            answers(201, "PUT", documents + "/a", "{\"title\": \"t\"}", accept);
            answers(201, "POST", documents, "{\"title\": \"t\"}", accept);
            answers(200, "GET", documents + "/a", "", accept);
            answers(200, "GET", documents + "/a/revisions", "", accept);
            answers(200, "GET", documents, "", accept);
            answers(200, "GET", documents + ":export", "", accept);
            answers(200, "POST", documents + ":query", "{}", accept);
            answers(200, "POST", documents + ":get", "{\"keys\": [\"a\"]}", accept);
            answers(200, "POST", documents + ":import", "[]", accept);
            answers(
                    200,
                    "POST",
                    COLLECTIONS + "/" + name + "/search",
                    "{\"query\": \"a\", \"mode\": \"keyword\"}",
                    accept);
            answers(200, "GET", "/v1/parked", "", accept);
            answers(200, "GET", "/v1/jobs", "", accept);
            answers(200, "POST", documents + ":delete", "{\"filter\": {}}", accept);
            answers(304, "GET", COLLECTIONS + "/" + name, "", accept, "If-None-Match: *");
        }
    }

    @Test
    void whoAcceptsProblemsIsAnsweredOfJobs() {
        String accept = FINE.getFirst();
        String name = Api.collection();
        Answer job = answers(202, "POST", COLLECTIONS + "/" + name + ":rebuild", "", accept);
        String at = job.headers().get("location");
        answers(200, "GET", at, "", accept);
        answers(200, "GET", at + "/errors", "", accept);
        answers(200, "GET", at + "/events", "", accept);
    }

    private static Answer answers(int status, String method, String path, String body, String... headers) {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = body.isEmpty() ? "X-None: 1" : JSON;
        Answer answer = RawHttp.send(method, path, body, all);
        assertThat(answer.status())
                .as(headers[0] + " " + method + " " + path + "\n" + answer)
                .isEqualTo(status);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json;charset=utf-8",
                "application/*",
                "text/html;q=0.9, application/json;q=0.1",
                "nonsense, application/json",
                "text/html;q=\"a,b\", application/json",
                ",,application/json,,",
            })
    void whoAcceptsJsonIsAnswered(String accept) {
        answers(200, "GET", COLLECTIONS, "", "Accept: " + accept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "nonsense",
                "application/xml, text/*",
                "application/problem+xml",
                "application/x-ndjson",
                "a/b/c",
            })
    void whoAcceptsNothingThatThereIsIsRefused(String accept) {
        String name = Api.collection();
        for (String[] request : new String[][] {
            {"GET", COLLECTIONS + "/" + name, ""},
            {"PUT", documents(name) + "/a", "{\"title\": \"t\"}"},
            {"POST", documents(name) + ":delete", "{\"filter\": {}}"}
        }) {
            Answer answer = answers(406, request[0], request[1], request[2], "Accept: " + accept);
            assertThat(answer.isProblem()).isTrue();
            assertThat(answer.code()).isEqualTo("http.not_acceptable");
        }
        given().get(documents(name) + "/a").then().statusCode(404);
        // As without its condition.
        answers(406, "GET", COLLECTIONS + "/" + name, "", "Accept: " + accept, "If-None-Match: *");
    }

    private static void park(String name) throws SQLException {
        Database.execute("""
                insert into embedding_task (document_id, collection_id, version, attempts, due_at, parked_at, error)
                select document.id, collection_id, document.version, 3, now(), now(), ?
                from document join collection on collection.id = collection_id where name = ?
                """, UUID.randomUUID().toString(), name);
    }
}
