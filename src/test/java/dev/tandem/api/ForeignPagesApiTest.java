package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a browser sends for a web page. The page need not belong to whoever runs the service. */
@QuarkusTest
class ForeignPagesApiTest {

    private static final String JSON = "Content-Type: application/json";

    private final String name = Api.freeName();
    private final String body = "{\"name\": \"" + name + "\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: https://example.com",
                "Origin: http://localhost:1",
                "Origin: null"
            })
    void aForeignPageChangesNothing(String header) {
        refused(RawHttp.send("POST", COLLECTIONS, body, JSON, header), 403, "origin.foreign");
        refused(RawHttp.send("POST", COLLECTIONS + "/" + name + ":rebuild", "", header), 403, "origin.foreign");
        refused(RawHttp.send("DELETE", COLLECTIONS + "/" + name, "", header), 403, "origin.foreign");
        refused(
                RawHttp.send("POST", COLLECTIONS + "/" + name + "/documents:import", "{}", header),
                403,
                "origin.foreign");
        refused(RawHttp.send("POST", "/%76%31/collections", body, JSON, header), 403, "origin.foreign");
        isNotThere();
        // The browser keeps the answer from the page.
        assertThat(RawHttp.send("GET", COLLECTIONS, "", header).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: http://localhost",
                "Origin: https://LOCALHOST"
            })
    void aPageOfItsOwnMay(String header) {
        assertThat(RawHttp.send("POST", COLLECTIONS, body, JSON, header).status())
                .isEqualTo(201);
    }

    @Test
    void aNameThatIsNotOursReachesNothing() {
        for (String host : new String[] {"example.com", "localhost.example.com:80", "127.0.0.1.nip.io"}) {
            refused(RawHttp.to(host, "POST", COLLECTIONS, body, JSON), 403, "host.foreign");
            refused(RawHttp.to(host, "GET", COLLECTIONS, ""), 403, "host.foreign");
            refused(RawHttp.to(host, "GET", "/%761/collections", ""), 403, "host.foreign");
            assertThat(RawHttp.to(host, "GET", "/q/openapi", "").status()).isEqualTo(200);
        }
        isNotThere();
        for (String host : new String[] {"LocalHost:1234", "127.0.0.1", "[::1]:80"}) {
            assertThat(RawHttp.to(host, "GET", COLLECTIONS, "").status())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void twoHostsAreNone() {
        refused(RawHttp.send("GET", COLLECTIONS, "", "Host: localhost"), 400, "host.malformed");
    }

    @Test
    void aBodySaysItsType() {
        refused(RawHttp.send("POST", COLLECTIONS, body), 415, "http.unsupported_media_type");
        refused(RawHttp.send("PUT", COLLECTIONS + "/" + name, body), 415, "http.unsupported_media_type");
        isNotThere();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.code()).isEqualTo(code);
    }

    private void isNotThere() {
        RestAssured.get(COLLECTIONS + "/" + name).then().statusCode(404);
    }
}
