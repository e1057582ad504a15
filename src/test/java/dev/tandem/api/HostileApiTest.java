package dev.tandem.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.RawHttp.Answer;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests that start valid and are then damaged, for all routes. They must never be answered 5xx, and every 4xx must be a problem. The
 * seed is fixed, so that a failure repeats; {@code -Dtandem.hostile.seed=...} sets another one.
 */
@Thorough
@QuarkusTest
class HostileApiTest {

    private static final int REQUESTS = 1_500;

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

    private static final List<String> PATHS = List.of(
            "/v1/collections",
            "/v1/collections/{c}",
            "/v1/collections/{c}/stats",
            "/v1/collections/{c}/documents",
            "/v1/collections/{c}/documents?limit=2&sort=-key&count=exact&filter=%7B%22a%22%3A1%7D&cursor=abc",
            "/v1/collections/{c}/documents:query",
            "/v1/collections/{c}/documents:get",
            "/v1/collections/{c}/documents:facets",
            "/v1/collections/{c}/documents:delete",
            "/v1/collections/{c}/documents/key",
            "/v1/collections/{c}/documents/a%2Fb%20%F0%9F%98%80",
            "/v1/collections/{c}/search");

    private static final List<String> BODIES = List.of(
            "{\"name\":\"x\",\"description\":\"d\",\"embedding\":{\"model\":\"none\",\"dimensions\":3,\"metric\":\"dot\"},"
                    + "\"chunking\":{\"maxTokens\":100,\"overlapTokens\":10},\"language\":\"german\","
                    + "\"metadataSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"^a+$\"}}},\"requireIfMatch\":false}",
            "{\"key\":\"k\",\"title\":\"t\",\"content\":\"c\",\"metadata\":{\"a\":1,\"b\":[true,null,{\"c\":\"d\"}]},\"vector\":[1,2,3]}",
            "{\"filter\":{\"$or\":[{\"a\":{\"$gte\":1,\"$in\":[1,\"x\"]}},{\"$not\":{\"b.c\":{\"$contains\":\"x\"}}},{\"b\":{\"$elemMatch\":{\"c\":1,\"$or\":[{\"d\":{\"$exists\":true}}]}}},"
                    + "{\"p\":{\"$near\":{\"point\":{\"lat\":48.1,\"lon\":11.6},\"radius\":500}}},"
                    + "{\"p\":{\"$box\":{\"topLeft\":{\"lat\":1,\"lon\":170},\"bottomRight\":{\"lat\":-1,\"lon\":-170}}}}]},"
                    + "\"sort\":\"-createdAt\",\"limit\":10,\"cursor\":\"abc\",\"count\":\"estimated\"}",
            "{\"query\":\"q\",\"vector\":[1,2,3],\"mode\":\"hybrid\",\"filter\":{\"a\":{\"$exists\":true}},\"limit\":5,\"effort\":50,"
                    + "\"fusion\":{\"type\":\"rrf\",\"keywordWeight\":0.5,\"vectorWeight\":0.5,\"k\":60},\"minSimilarity\":0.1,"
                    + "\"include\":[\"document\",\"chunk\",\"highlights\"],\"explain\":true,"
                    + "\"groupBy\":{\"field\":\"a.b\",\"size\":2},\"diversity\":{\"lambda\":0.3,\"top\":20}}",
            "{\"query\":\"q\",\"mode\":\"keyword\",\"limit\":1,\"pages\":true,\"total\":true}",
            "{\"vector\":[1,2,3],\"pages\":true,\"cursor\":\"abc\",\"total\":false}",
            "{\"query\":\"q\",\"like\":[{\"key\":\"k\"},{\"vector\":[1,2,3]}],\"unlike\":[{\"key\":\"key\"}],\"limit\":5}",
            "{\"filter\":{\"a\":1},\"facets\":{\"a\":{\"top\":3,\"prefix\":\"x\",\"withoutOwn\":true},\"b.c\":{\"stats\":true},"
                    + "\"r\":{\"field\":\"$version\",\"ranges\":[{\"to\":1},{\"from\":1,\"to\":1e300}]},"
                    + "\"h\":{\"field\":\"$createdAt\",\"histogram\":\"month\",\"timeZone\":\"Europe/Paris\"},"
                    + "\"i\":{\"field\":\"a\",\"interval\":0.1,\"offset\":-1e300}}}",
            "{\"query\":\"q\",\"mode\":\"keyword\",\"facets\":{\"a\":{\"top\":3},\"d\":{\"ranges\":[{\"from\":{\"$date\":"
                    + "\"2024-05-01T14:30:00Z\"}}]}}}",
            "{\"keys\":[\"k\",\"a/b 😀\"],\"include\":[\"vector\"]}",
            "{\"title\":null,\"metadata\":{\"a\":null}}");

    private static final List<String> HEADERS = List.of(
            "If-Match: \"1\"",
            "If-Match: *",
            "If-Match: W/\"x\", y",
            "If-None-Match: *",
            "If-None-Match: \"1\"",
            "Prefer: wait=0",
            "Prefer: wait=x",
            "Accept: text/plain",
            "Accept: application/problem+json",
            "Accept: */*;q=x",
            "Content-Encoding: br",
            "Tandem-Sequence: 1",
            "Tandem-Sequence: -",
            "X-Request-Id: ../../etc",
            "Content-Type: text/json",
            "Content-Type: application/merge-patch+json",
            "Content-Type: application/json;charset=latin1",
            "Range: bytes=0-",
            "X-HTTP-Method-Override: DELETE");

    private final long seed = Long.getLong("tandem.hostile.seed", 20_261_123L);
    private final Random random = new Random(seed);
    private final Spoiler spoiler = new Spoiler(random);

    @Test
    void neverAFailureOfOursAndAlwaysAProblem() {
        String collection = Api.collection();
        int accepted = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String method = spoiler.any(METHODS);
            String path = spoiler.text(
                    spoiler.any(PATHS).replace("{c}", random.nextInt(20) == 0 ? "none" : collection),
                    "%./;?&=+:ä\u0001");
            String body = spoiler.json(spoiler.any(BODIES));
            String type = method.equals("PATCH") && random.nextBoolean()
                    ? "Content-Type: application/merge-patch+json"
                    : "Content-Type: application/json";
            String header = random.nextInt(3) == 0 ? spoiler.any(HEADERS) : "X-None: 1";
            String[] headers = header.startsWith("Content-Type") ? new String[] {header} : new String[] {type, header};
            Answer answer = RawHttp.send(
                    method, path.replace('\u0001', ' ').replace(" ", "%20"), spoiler.octets(body), headers);
            check(answer, method + " " + path + " " + header + "\n" + body);
            accepted += answer.status() < 300 ? 1 : 0;
            if (answer.status() == 204 && !path.contains("/documents")) {
                collection = Api.collection();
            }
        }
        // Both kinds, or the requests would not reach the inside.
        assertThat(accepted).isBetween(REQUESTS / 20, REQUESTS * 19 / 20);
        RestAssured.get(Api.COLLECTIONS).then().statusCode(200);
    }

    private void check(Answer answer, String request) {
        String context = "seed " + seed + ": " + request + "\n-> " + answer;
        assertThat(answer.status()).as(context).isBetween(200, 499);
        // The server refuses an invalid address before Tandem sees it.
        boolean isServersOwn = answer.status() == 400 && !answer.headers().containsKey("x-request-id");
        if (answer.status() >= 400 && !isServersOwn) {
            assertThat(answer.isProblem()).as(context).isTrue();
            assertThat(request.startsWith("HEAD") || !answer.code().isEmpty())
                    .as(context)
                    .isTrue();
        }
        assertThat(answer.body()).as(context).doesNotContain("Exception", "at dev.tandem", "at io.");
    }
}
