package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DocumentListApiTest {

    private static final String YEAR_FROM_3 = "{\"year\":{\"$gte\":3}}";

    private String documents = "";

    @BeforeEach
    void sixDocuments() {
        documents = documents(Api.collection());
        IntStream.range(0, 6).forEach(this::add);
    }

    @Test
    void listsTheOldestFirst() {
        given().get(documents)
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("items.key", contains("k0", "k1", "k2", "k3", "k4", "k5"))
                .body("nextCursor", nullValue())
                .body("$", not(hasKey("count")));
    }

    @Thorough
    @ParameterizedTest
    @ValueSource(strings = {"createdAt", "-createdAt", "updatedAt", "-updatedAt", "key", "-key", "id", "-id"})
    void pagesByAnyOrder(String sort) {
        json("{\"title\": \"changed\"}").put(documents + "/k2").then().statusCode(200);
        List<String> keys = follow(documents + "?limit=4&sort=" + sort);
        List<String> expected = new ArrayList<>(
                sort.endsWith("updatedAt")
                        ? List.of("k0", "k1", "k3", "k4", "k5", "k2")
                        : List.of("k0", "k1", "k2", "k3", "k4", "k5"));
        if (sort.startsWith("-")) {
            Collections.reverse(expected);
        }
        assertThat(keys).isEqualTo(expected);
    }

    @Test
    void filtersInTheAddressAndInTheBody() {
        String filter = URLEncoder.encode(YEAR_FROM_3, StandardCharsets.UTF_8);
        given().urlEncodingEnabled(false)
                .get(documents + "?filter=" + filter + "&count=exact")
                .then()
                .statusCode(200)
                .body("items.key", contains("k3", "k4", "k5"))
                .body("count", equalTo(3));
        json("{\"filter\": %s, \"sort\": \"-key\", \"limit\": 2, \"count\": \"exact\"}".formatted(YEAR_FROM_3))
                .post(documents + ":query")
                .then()
                .statusCode(200)
                .body("items.key", contains("k5", "k4"))
                .body("nextCursor", notNullValue())
                .body("count", equalTo(3));
        assertThat(follow(documents + "?limit=1&filter=" + filter)).containsExactly("k3", "k4", "k5");
    }

    @Test
    void followsTheCursorInTheBody() {
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor == null ? "" : ", \"cursor\": \"" + cursor + "\"";
            Response page = json("{\"limit\": 4, \"filter\": %s%s}".formatted(YEAR_FROM_3, from))
                    .post(documents + ":query");
            page.then().statusCode(200);
            keys.addAll(page.path("items.key"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertThat(keys).containsExactly("k3", "k4", "k5");
    }

    /** Otherwise a page of large documents would not fit in memory. */
    @Thorough
    @Test
    void aPageOfLargeDocumentsIsShorter() throws SQLException {
        String large = Api.collection();
        Database.execute("""
                insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                      created_at, updated_at)
                select gen_random_uuid(), collection.id, 'k' || to_char(n, '00'), repeat('x', 1000000), '{}', '', 1, 1, now(), now()
                from collection, generate_series(1, 11) as n where name = ?
                """, large);
        given().get(documents(large) + "?limit=1000&count=exact")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(8))
                .body("nextCursor", notNullValue())
                .body("count", equalTo(11));
        assertThat(follow(documents(large) + "?limit=1000&sort=key"))
                .hasSize(11)
                .doesNotHaveDuplicates();
    }

    @Test
    void counts() {
        given().get(documents + "?count=none").then().statusCode(200).body("$", not(hasKey("count")));
        given().get(documents + "?count=exact&limit=1").then().statusCode(200).body("count", equalTo(6));
        given().get(documents + "?count=estimated").then().statusCode(200).body("count", greaterThanOrEqualTo(0));
        json("{\"filter\": %s, \"count\": \"estimated\"}".formatted(YEAR_FROM_3))
                .post(documents + ":query")
                .then()
                .statusCode(200)
                .body("count", greaterThanOrEqualTo(0));
    }

    @Test
    void hasNoGapsOrDoublesWhileOthersWrite() {
        List<String> keys = new ArrayList<>();
        String next = documents + "?limit=2";
        for (int page = 0; next != null; page++) {
            Response answer = given().urlEncodingEnabled(false).get(next);
            answer.then().statusCode(200);
            keys.addAll(answer.path("items.key"));
            next = next(answer);
            if (page < 5) {
                add(10 + page);
                given().delete(documents + "/k" + page).then().statusCode(204);
            }
        }
        assertThat(keys).containsExactly("k0", "k1", "k2", "k3", "k4", "k5", "k10", "k11", "k12", "k13");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, parameter.limit",
        "limit=-1, parameter.limit",
        "limit=1001, parameter.limit",
        "limit=abc, parameter.limit",
        "limit=1.0, parameter.limit",
        "limit=2147483648, parameter.limit",
        "limit=%D9%A1, parameter.limit",
        "limit=, parameter.empty",
        "limit=1&limit=2, parameter.repeated",
        "sort=-, parameter.sort",
        "sort=content, parameter.sort",
        "count=EXACT, parameter.count",
        "cursor=, parameter.empty",
        "cursor=abc, cursor.foreign",
        "cursor=!, cursor.foreign",
        "filtre=x, parameter.unknown",
        "filter=x, json.malformed",
        "filter=null, json.wrong_type",
        "filter=%5B%5D, json.wrong_type",
        "filter=%7B%7Dx, json.malformed",
        "filter=%7B%22a%22:1%2C%22a%22:2%7D, json.duplicate_field",
        "filter=%7B%22a%22:%22%5Cu0000%22%7D, filter.text",
        "filter=%7B%22a%22:%22%5Cud800%22%7D, filter.text",
        "filter=%7B%22a%22:%7B%22$regex%22:%22x%22%7D%7D, filter.unknown_operator",
    })
    void refusesParametersThatSayNothing(String query, String code) {
        Response answer = given().urlEncodingEnabled(false).get(documents + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("errors[0].code")).isEqualTo(code);
        assertThat(answer.<String>path("errors[0].pointer")).startsWith("/" + query.substring(0, query.indexOf('=')));
    }

    @Test
    void refusesACursorOfAnotherList() {
        String cursor = given().get(documents + "?limit=2").path("nextCursor");
        for (String other : List.of(
                documents(Api.collection()) + "?limit=2",
                documents + "?limit=2&sort=key",
                documents + "?limit=2&filter=%7B%22year%22:1%7D",
                Api.COLLECTIONS + "?limit=2")) {
            problem(given().urlEncodingEnabled(false).get(other + "&cursor=" + cursor), 400, "cursor.foreign")
                    .body("errors.pointer", contains("/cursor"));
        }
        given().get(documents + "?limit=3&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items", hasSize(3));
    }

    @Test
    void refusesACursorWithAnyBitFlipped() {
        byte[] cursor = Base64.getUrlDecoder()
                .decode(given().get(documents + "?limit=2").<String>path("nextCursor"));
        for (int bit = 0; bit < cursor.length * 8; bit += 9) {
            byte[] flipped = cursor.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String tampered = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
            problem(given().get(documents + "?limit=2&cursor=" + tampered), 400, "cursor.foreign");
        }
    }

    private void add(int number) {
        json("{\"key\": \"k%d\", \"title\": \"t\", \"metadata\": {\"year\": %d}}".formatted(number, number))
                .post(documents)
                .then()
                .statusCode(201);
    }

    private static List<String> follow(String first) {
        List<String> keys = new ArrayList<>();
        for (String next = first; next != null; ) {
            Response page = given().urlEncodingEnabled(false).get(next);
            page.then().statusCode(200);
            keys.addAll(page.path("items.key"));
            next = next(page);
        }
        return keys;
    }

    private static String next(Response page) {
        String link = page.header("Link");
        assertThat(link == null).isEqualTo(page.path("nextCursor") == null);
        assertThat(link == null || link.endsWith(">; rel=\"next\"")).isTrue();
        return link == null ? null : link.substring(1, link.indexOf('>'));
    }
}
