package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are ordered by metadata, and read in both directions. */
@QuarkusTest
class SortApiTest {

    /** In the order of their {@code v}; the last three have none. */
    private static final Map<String, String> VALUES = Map.of(
            "a", "-1.5",
            "b", "3",
            "c", "\"Z\"",
            "d", "\"a\"",
            "e", "false",
            "f", "true",
            "g", "null",
            "h", "[1]",
            "i", "{}");

    private String documents = "";

    @BeforeEach
    void nineDocuments() {
        documents = documents(Api.collection());
        VALUES.keySet().stream()
                .sorted()
                .forEach(key -> json("{\"key\": \"%s\", \"title\": \"t\", \"metadata\": {\"v\": %s}}"
                                .formatted(key, VALUES.get(key)))
                        .post(documents)
                        .then()
                        .statusCode(201));
    }

    @Thorough
    @ParameterizedTest
    @CsvSource({
        "'metadata.v,key', abcdefghi",
        "'-metadata.v,key', fedcbaghi",
        "'-metadata.v,-key', fedcbaihg",
        "'title,-key', ihgfedcba",
        "'metadata.none,version,-createdAt', ihgfedcba",
    })
    void ordersByAnyFields(String sort, String expected) {
        for (int limit : new int[] {1, 4, 100}) {
            assertThat(walk(sort, limit, "nextCursor", null)).isEqualTo(expected);
        }
        assertThat(page(sort, "filter={\"v\":{\"$exists\":true}}&include=vector&count=exact")
                        .<String>getList("items.key"))
                .isEqualTo(List.of(expected.split("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.v,key", "-metadata.v", "createdAt", "-key"})
    void goesBackTheWayItCame(String sort) {
        String all = walk(sort, 100, "nextCursor", null);
        String next = page(sort, "limit=4").getString("nextCursor");
        JsonPath second = page(sort, "limit=4&cursor=" + next);
        JsonPath third = page(sort, "limit=4&cursor=" + second.getString("nextCursor"));
        assertThat(keys(third)).isEqualTo(all.substring(8));
        assertThat(third.getString("nextCursor")).isNull();
        JsonPath back = page(sort, "limit=4&cursor=" + third.getString("previousCursor"));
        assertThat(keys(back)).isEqualTo(keys(second));
        assertThat(keys(page(sort, "limit=4&cursor=" + back.getString("nextCursor"))))
                .isEqualTo(keys(third));
        JsonPath first = page(sort, "limit=4&cursor=" + back.getString("previousCursor"));
        assertThat(keys(first)).isEqualTo(all.substring(0, 4));
        assertThat(first.getString("previousCursor")).isNull();
        assertThat(page(sort, "limit=4").getString("previousCursor")).isNull();
    }

    /** A client in the middle of a list always has a way on. */
    @Test
    void anEmptyPageLeadsBack() {
        String next = page("metadata.v", "limit=8").getString("nextCursor");
        String previous = page("metadata.v", "limit=8&cursor=" + next).getString("previousCursor");
        given().delete(documents + "/i").then().statusCode(204);
        JsonPath behind = page("metadata.v", "limit=8&cursor=" + next);
        assertThat(behind.getList("items")).isEmpty();
        assertThat(keys(page("metadata.v", "limit=2&cursor=" + behind.getString("previousCursor"))))
                .isEqualTo("gh");
        "abcdefgh".chars().forEach(key -> given().delete(documents + "/" + (char) key));
        json("{\"sort\": \"metadata.v\", \"cursor\": \"%s\"}".formatted(previous))
                .post(documents + ":query")
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("previousCursor", nullValue())
                .body("nextCursor", notNullValue());
    }

    @Test
    void aCursorIsOfOneOrder() {
        String cursor = page("metadata.v", "limit=2").getString("nextCursor");
        for (String other : List.of("-metadata.v", "metadata.v,key", "metadata.w", "v")) {
            int status = given().queryParam("sort", other)
                    .queryParam("cursor", cursor)
                    .get(documents)
                    .statusCode();
            assertThat(status).as(other).isEqualTo(400);
        }
    }

    /** A cursor is part of an address. */
    @Test
    void longTextsMakeNoLongCursors() {
        String text = "😀".repeat(1_000);
        for (int i = 0; i < 2; i++) {
            json("{\"key\": \"%s\", \"title\": \"%s\", \"metadata\": {\"l\": \"%s\", \"m\": \"%s\", \"n\": \"%s\"}}"
                            .formatted("k".repeat(255) + i, text, text, text, text))
                    .post(documents)
                    .then()
                    .statusCode(201);
        }
        String cursor =
                page("metadata.l,metadata.m,metadata.n,title", "limit=1").getString("nextCursor");
        assertThat(cursor.length()).isLessThan(2_500);
        assertThat(walk("metadata.l,metadata.m,title,key", 1, "nextCursor", null))
                .hasSize(9 + 2 * 256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v",
                "metadata",
                "metadata.",
                "metadata.a..b",
                "metadata.a\\\\",
                "metadata.a\\u0000",
                "metadata.a\\ud800",
                "content",
                "$key",
                "--key",
                ",key",
                "key,",
                "key,-key",
                "metadata.a,metadata.a",
                "metadata.a,metadata.b,metadata.c,metadata.d,metadata.e"
            })
    void refusesOrdersThatSayNothing(String sort) {
        problem(json("{\"sort\": \"" + sort + "\"}").post(documents + ":query"), 400, "parameter.sort")
                .body("errors.pointer", contains("/sort"));
    }

    private String walk(String sort, int limit, String direction, String cursor) {
        List<String> keys = new ArrayList<>();
        String from = cursor;
        do {
            JsonPath page = page(sort, "limit=" + limit + (from == null ? "" : "&cursor=" + from));
            keys.add(keys(page));
            from = page.getString(direction);
        } while (from != null);
        return String.join("", keys);
    }

    private static String keys(JsonPath page) {
        return String.join("", page.getList("items.key"));
    }

    private JsonPath page(String sort, String query) {
        var request = given().queryParam("sort", sort);
        for (String parameter : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            request.queryParam(parts[0], parts[1]);
        }
        return request.get(documents).then().statusCode(200).extract().jsonPath();
    }
}
