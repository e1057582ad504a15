package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of values, with lists and with searches. */
@QuarkusTest
class FacetsApiTest {

    /** Of the tests that only read. */
    private static @Nullable String shared;

    private String name = "";

    @BeforeEach
    void fiveDocuments() {
        if (shared == null) {
            shared = filled();
        }
        name = shared;
    }

    private static String filled() {
        String name = Api.collection(
                "\"embedding\": {\"model\": \"none\", \"dimensions\": 2}, \"metadataSchema\": {\"properties\":"
                        + " {\"made\": {\"format\": \"date-time\"}}}");
        int number = 0;
        for (String metadata : List.of(
                "{'kind': 'drink', 'tags': ['hot', 'green', 'hot'], 'year': 2024, 'made': '2024-03-31T23:30:00Z',"
                        + " 'price': 0.3}",
                "{'kind': 'drink', 'tags': ['hot', 1], 'year': 2020.0, 'made': '2024-02-01T01:00:00+01:00',"
                        + " 'price': [0.30000000000000004, -0.05, 0.3]}",
                "{'kind': 'meal', 'tags': [1.0, '1', true], 'year': [2020, 1999], 'made': 'soon'," + " 'price': 0.7}",
                "{'kind': null, 'tags': [], 'year': '2020', 'made': ['2023-12-31T23:59:59.999999Z',"
                        + " '2024-01-01T00:00:00Z'], 'price': '0.3'}",
                "{'year': {'a': 1}}")) {
            Api.put(
                    name,
                    "d" + number++,
                    "{'title': 'Tea', 'content': 'green %s', 'vector': [1, %s], 'metadata': %s}"
                            .formatted(number < 3 ? "leaves" : "beans", number, metadata)
                            .replace('\'', '"'));
        }
        return name;
    }

    @Test
    void countsValues() {
        facets("{}", "'kind': {'top': 10}, 'tags': {'top': 2}, 'more': {'field': 'tags', 'prefix': 'h'}")
                .body("counted.documents", equalTo(5))
                .body("counted.exact", equalTo(true))
                .body("counted.by", equalTo("filter"))
                .body("facets.kind.values.value", contains("drink", "meal"))
                .body("facets.kind.values.count", contains(2, 1))
                .body("facets.kind.distinct", equalTo(2))
                .body("facets.kind.missing", equalTo(2))
                .body("facets.tags.values.value", contains(1, "hot"))
                .body("facets.tags.values.count", contains(2, 2))
                .body("facets.tags.distinct", equalTo(5))
                .body("facets.more.values.value", contains("hot"))
                .body("facets.more.distinct", equalTo(1))
                .body("facets.more.missing", equalTo(2));
        facets("{}", "'tags': {'top': 5}")
                .body("facets.tags.values.value", contains(1, "hot", "1", "green", true))
                .body("facets.tags.values.count", contains(2, 2, 1, 1, 1));
    }

    @Test
    void countsNumbersRangesAndDates() {
        facets(
                        "{}",
                        "'year': {'stats': true}, 'decades': {'field': 'year', 'ranges': [{'to': 2000}, {'from': 2000,"
                                + " 'to': 2020.5}, {'from': 2020}]}, 'made': {'histogram': 'month', 'timeZone':"
                                + " 'Europe/Berlin'},'since': {'field': 'made', 'ranges': [{'from':"
                                + " '2024-01-01T01:00:00+01:00'}, {'to': {'$date': '2024-01-01T00:00:00Z'}}]}")
                .body("facets.year.stats.count", equalTo(4))
                .body("facets.year.stats.min", equalTo(1999))
                .body("facets.year.stats.max", equalTo(2024))
                .body("facets.year.stats.sum", equalTo(8063))
                .body("facets.year.stats.avg", equalTo(2015.75f))
                .body("facets.year.stats.distinct", equalTo(3))
                .body("facets.year.missing", equalTo(2))
                .body("facets.decades.ranges.count", contains(1, 2, 3))
                .body("facets.decades.ranges.to", contains(2000, 2020.5f, null))
                .body("facets.decades.missing", equalTo(2))
                .body(
                        "facets.made.buckets.from",
                        contains("2024-01-01T00:00:00+01:00", "2024-02-01T00:00:00+01:00", "2024-04-01T00:00:00+02:00"))
                .body("facets.made.buckets.count", contains(1, 1, 1))
                .body("facets.made.missing", equalTo(2))
                .body("facets.since.ranges.count", contains(3, 1))
                .body("facets.since.ranges.from", contains("2024-01-01T00:00:00Z", null));
        facets(
                        "{'year': 7}",
                        "'year': {'stats': true}, 'c': {'field': '$createdAt', 'histogram': 'year'}, 'v': {'field': '$version',"
                                + " 'top': 1}")
                .body("counted.documents", equalTo(0))
                .body("facets.year.stats.count", equalTo(0))
                .body("facets.year.stats.min", nullValue())
                .body("facets.c.buckets", empty())
                .body("facets.v.values", empty());
    }

    @Test
    void countsNumbersInIntervals() {
        facets(
                        "{}",
                        "'price': {'interval': 0.1}, 'halves': {'field': 'price', 'interval': 1, 'offset': -0.5}, 'year':"
                                + " {'interval': 10, 'offset': 2000}, '$version': {'interval': 3}, 'kind': {'interval': 1}")
                .body("facets.price.intervals.from", contains(-0.1f, 0.3f, 0.7f))
                .body("facets.price.intervals.count", contains(1, 2, 1))
                .body("facets.price.missing", equalTo(2))
                .body("facets.halves.intervals.from", contains(-0.5f, 0.5f))
                .body("facets.halves.intervals.count", contains(2, 1))
                .body("facets.year.intervals.from", contains(1990, 2020))
                .body("facets.year.intervals.count", contains(1, 3))
                .body("facets.'$version'.intervals.from", contains(0))
                .body("facets.'$version'.intervals.count", contains(5))
                .body("facets.kind.intervals", empty())
                .body("facets.kind.missing", equalTo(5));
        facets("{'price': {'$lt': 0.5}}", "'price': {'interval': 1e308, 'offset': 1.7e308, 'withoutOwn': true}")
                .body(containsString("\"intervals\":[{\"from\":-3.0E307,\"count\":3}]"));
    }

    /** So that a page can show how many documents each other choice would find. */
    @Test
    void canLeaveOutWhatTheFilterSaysOfItsField() {
        facets(
                        "{'kind': 'drink', 'year': {'$gte': 2021}}",
                        "'kind': {'top': 10, 'withoutOwn': true}, 'tags': {'top': 1},"
                                + " 'year': {'stats': true, 'withoutOwn': true}")
                .body("counted.documents", equalTo(1))
                .body("facets.kind.values.value", contains("drink"))
                .body("facets.tags.values.value", contains("green"))
                .body("facets.year.stats.count", equalTo(2));
        facets("{'$or': [{'kind': 'meal'}, {'year': 2024}]}", "'kind': {'top': 10, 'withoutOwn': true}")
                .body("facets.kind.values.value", contains("drink", "meal"));
        facets("{'kind': 'meal'}", "'kind': {'top': 10, 'withoutOwn': true}")
                .body("facets.kind.values.count", contains(2, 1))
                .body("facets.kind.missing", equalTo(2));
    }

    @Test
    void countsWhatASearchIsAbout() {
        search(
                        "'query': 'leaves', 'mode': 'keyword', 'limit': 1, 'filter': {'kind': 'drink', 'year': 2024}",
                        "'kind': {'top': 3}, 'year': {'stats': true, 'withoutOwn': true}")
                .body("items.key", contains("d0"))
                .body("counted.documents", equalTo(1))
                .body("counted.by", equalTo("words"))
                .body("counted.exact", equalTo(true))
                .body("facets.kind.values.count", contains(1))
                .body("facets.year.stats.count", equalTo(2));
        search("'vector': [1, 0], 'limit': 1", "'kind': {'top': 3}")
                .body("counted.documents", equalTo(5))
                .body("counted.by", equalTo("filter"))
                .body("facets.kind.values.count", contains(2, 1));
        search("'query': 'tea -beans', 'vector': [1, 0], 'syntax': 'simple'", "'kind': {'top': 3}")
                .body("counted.documents", equalTo(2))
                .body("counted.by", equalTo("words"));
        json("{\"query\": \"tea\"}")
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .statusCode(200)
                .body("counted", nullValue())
                .body("facets", nullValue());
        json("{\"searches\": [{\"query\": \"tea\", \"facets\": {\"kind\": {\"top\": 1}}}, {\"query\": \"tea\","
                        + " \"facets\": {}}]}")
                .post(COLLECTIONS + "/" + name + "/search:batch")
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 422))
                .body("answers[0].result.facets.kind.values.value", contains("drink"));
    }

    /** The index is asked for 10,000 documents: it has as many, and then one more. */
    @Thorough
    @Test
    void saysWhenThereIsMoreThanItCounted() throws SQLException {
        name = filled();
        insert(10_005);
        facets("{}", "'kind': {'top': 1}").body("counted.documents", equalTo(10_010));
        String many = Api.collection();
        given().contentType("application/x-ndjson")
                .body(IntStream.range(0, 10_000)
                        .mapToObj(n -> "{\"key\": \"k%d\", \"title\": \"plenty\", \"metadata\": {\"n\": %d}}"
                                .formatted(n, n % 2))
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8))
                .post(documents(many) + ":import?results=errors")
                .then()
                .statusCode(200);
        Api.put(many, "last", "{\"title\": \"last\"}");
        json("{\"query\": \"plenty\", \"mode\": \"keyword\", \"include\": [], \"facets\": {\"n\": {\"top\": 2}}}")
                .post(COLLECTIONS + "/" + many + "/search")
                .then()
                .statusCode(200)
                .body("counted.documents", equalTo(10_000))
                .body("counted.exact", equalTo(true));
        Api.put(many, "more", "{\"title\": \"plenty\"}");
        json("{\"query\": \"plenty\", \"mode\": \"keyword\", \"include\": [], \"facets\": {\"n\": {\"top\": 2}}}")
                .post(COLLECTIONS + "/" + many + "/search")
                .then()
                .statusCode(200)
                .body("counted.documents", equalTo(10_000))
                .body("counted.exact", equalTo(false));
        given().delete(COLLECTIONS + "/" + many).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | 422 | /facets              |"
                        + " facets.missing",
                "{'facets': null}                                          | 422 | /facets              |"
                        + " facets.missing",
                "{'facets': {}}                                            | 422 | /facets              |"
                        + " facets.missing",
                "{'facets': {'a': null}}                                   | 422 | /facets/a            | facet.kind",
                "{'facets': {'a': {}}}                                     | 422 | /facets/a            | facet.kind",
                "{'facets': {'a': {'stats': false}}}                       | 422 | /facets/a            | facet.kind",
                "{'facets': {'a': {'top': 1, 'stats': true}}}              | 422 | /facets/a            | facet.kind",
                "{'facets': {'a/b~': {'top': 1, 'ranges': [{'to': 1}]}}}   | 422 | /facets/a~1b~0       | facet.kind",
                "{'facets': {'a': {'top': 0}}}                             | 422 | /facets/a/top        | facet.top",
                "{'facets': {'a': {'top': 1001}}}                          | 422 | /facets/a/top        | facet.top",
                "{'facets': {'a': {'prefix': ''}}}                         | 422 | /facets/a/prefix     | facet.prefix",
                "{'facets': {'a': {'prefix': 'a\\u0000'}}}                 | 422 | /facets/a/prefix     | facet.prefix",
                "{'facets': {'a': {'ranges': []}}}                         | 422 | /facets/a/ranges     | facet.ranges",
                "{'facets': {'a': {'ranges': [{}]}}}                       | 422 | /facets/a/ranges/0   | facet.ranges",
                "{'facets': {'a': {'ranges': [{'to': true}]}}}             | 422 | /facets/a/ranges/0/to |"
                        + " facet.ranges",
                "{'facets': {'a': {'ranges': [{'to': 1, 'from': 'a'}]}}}   | 422 | /facets/a/ranges     | facet.ranges",
                "{'facets': {'a': {'ranges': [{'to': {'$date': 'x'}}]}}}   | 422 | /facets/a/ranges/0/to |"
                        + " facet.ranges",
                "{'facets': {'a': {'ranges': [{'to': 1e400}]}}}            | 422 | /facets/a/ranges/0/to |"
                        + " facet.ranges",
                "{'facets': {'$key': {'ranges': [{'to': 1}]}}}             | 422 | /facets/$key/ranges/0/to |"
                        + " facet.ranges",
                "{'facets': {'a': {'histogram': 'decade'}}}                | 422 | /facets/a/histogram  |"
                        + " choice.unknown",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': 'x'}}}  | 422 | /facets/a/timeZone   |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': '+02:00:01'}}} | 422 | /facets/a/timeZone |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': '+2'}}} | 422 | /facets/a/timeZone   |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': '+0200'}}} | 422 | /facets/a/timeZone |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': 'GMT+2'}}} | 422 | /facets/a/timeZone |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': 'UTC+01:00'}}} | 422 | /facets/a/timeZone |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': 'UT'}}} | 422 | /facets/a/timeZone   |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': '+19:00'}}} | 422 | /facets/a/timeZone |"
                        + " facet.time_zone",
                "{'facets': {'a': {'histogram': 'day', 'timeZone': '+02:60'}}} | 422 | /facets/a/timeZone |"
                        + " facet.time_zone",
                "{'facets': {'a': {'top': 1, 'timeZone': 'Z'}}}            | 422 | /facets/a/timeZone   |"
                        + " facet.time_zone",
                "{'facets': {'a': {'interval': 0}}}                        | 422 | /facets/a/interval   |"
                        + " facet.interval",
                "{'facets': {'a': {'interval': -0.1}}}                     | 422 | /facets/a/interval   |"
                        + " facet.interval",
                "{'facets': {'a': {'interval': 1e-400}}}                   | 422 | /facets/a/interval   |"
                        + " facet.interval",
                "{'facets': {'a': {'interval': 1e400}}}                    | 422 | /facets/a/interval   |"
                        + " facet.interval",
                "{'facets': {'a': {'interval': 9223372036854775808}}}      | 422 | /facets/a/interval   |"
                        + " facet.interval",
                "{'facets': {'a': {'interval': 1, 'offset': -1e400}}}      | 422 | /facets/a/offset     |"
                        + " facet.interval",
                "{'facets': {'a': {'top': 1, 'offset': 1}}}                | 422 | /facets/a/offset     |"
                        + " facet.interval",
                "{'facets': {'a': {'interval': 1, 'histogram': 'day'}}}    | 422 | /facets/a            | facet.kind",
                "{'facets': {'$key': {'interval': 1}}}                     | 422 | /facets/$key         | facet.field",
                "{'facets': {'price': {'interval': 0.0001}}}               | 422 | /facets/price/interval |"
                        + " facet.too_many_buckets",
                "{'facets': {'a': {'interval': 'NaN'}}}                    | 400 | /facets/a/interval   |"
                        + " json.wrong_type",
                "{'facets': {'a': {'interval': {}}}}                       | 400 | /facets/a/interval   |"
                        + " json.wrong_type",
                "{'facets': {'a..b': {'top': 1}}}                          | 422 | /facets/a..b         | facet.field",
                "{'facets': {'metadata.a': {'top': 1}}}                    | 422 | /facets/metadata.a  | facet.field",
                "{'facets': {'a': {'field': 'metadata.a', 'top': 1}}}      | 422 | /facets/a/field      | facet.field",
                "{'facets': {'': {'top': 1}}}                              | 422 | /facets/             | facet.field",
                "{'facets': {'a': {'field': '$content', 'top': 1}}}        | 422 | /facets/a/field      | facet.field",
                "{'facets': {'$createdAt': {'top': 1}}}                    | 422 | /facets/$createdAt   | facet.field",
                "{'facets': {'$title': {'stats': true}}}                   | 422 | /facets/$title       | facet.field",
                "{'facets': {'$version': {'histogram': 'day'}}}            | 422 | /facets/$version     | facet.field",
                "{'facets': {'a\\u0000': {'top': 1}}}                      | 422 | /facets              | facet.name",
                "{'filter': {'a': {'$no': 1}}, 'facets': {'a': {}}}        | 400 | /filter/a/$no        |"
                        + " filter.unknown_operator",
                "{'facets': {'a': {'top': '1'}}}                           | 400 | /facets/a/top        |"
                        + " json.wrong_type",
                "{'facets': {'a': {'ranges': [null]}}}                     | 400 | /facets/a/ranges/0   |"
                        + " json.wrong_type",
                "{'facets': {'a': 1}}                                      | 400 | /facets/a            |"
                        + " json.wrong_type",
                "{'facets': [1]}                                           | 400 | /facets              |"
                        + " json.wrong_type",
                "{'facets': {'a': {'topp': 1}}}                            | 400 | /facets/a/topp       |"
                        + " json.unknown_field",
                "{'facets': {'a': {'top': 1}, 'a': {'top': 1}}}            | 400 | /facets/a            |"
                        + " json.duplicate_field",
            })
    void refusesWhatIsNoQuestion(String body, int status, String pointer, String code) {
        String sent = body.replace('\'', '"');
        problem(json(sent).post(documents(name) + ":facets"), status, pointer, code);
        if (!code.equals("facets.missing")) {
            problem(
                    json(sent.replaceFirst("[{]", "{\"query\": \"tea\", ")).post(COLLECTIONS + "/" + name + "/search"),
                    status,
                    pointer,
                    code);
        }
    }

    @Test
    void hasLimits() {
        name = filled();
        String eleven =
                IntStream.range(0, 11).mapToObj(n -> "'a" + n + "': {'top': 1}").collect(Collectors.joining(","));
        problem(asked("{}", eleven), 422, "/facets", "facets.too_many");
        String ranges =
                IntStream.range(0, 51).mapToObj(n -> "{'to': " + n + "}").collect(Collectors.joining(","));
        problem(asked("{}", "'a': {'ranges': [" + ranges + "]}"), 422, "/facets/a/ranges", "facet.ranges");
        facets("{}", eleven.substring(0, eleven.lastIndexOf(','))).body("facets.a9.missing", equalTo(5));
        facets("{}", "'year': {'ranges': [" + ranges.substring(0, ranges.lastIndexOf(',')) + "]}")
                .body("facets.year.ranges.count[49]", equalTo(0));
        Api.put(name, "old", "{\"title\": \"Old\", \"metadata\": {\"made\": \"0001-01-01T00:00:00Z\"}}");
        problem(asked("{}", "'made': {'histogram': 'year'}"), 422, "/facets/made/histogram", "facet.too_many_buckets");
    }

    /** Every date that an answer shows is one that a filter takes. */
    @Test
    void partsAtTheEndsOfTimeAreWrittenAsDates() {
        name = Api.collection();
        Api.put(name, "last", "{\"title\": \"Last\", \"metadata\": {\"at\": \"9999-12-31T23:59:59.999999Z\"}}");
        facets(
                        "{}",
                        "'at': {'histogram': 'year', 'timeZone': 'Asia/Tokyo'}, 'r': {'field': 'at', 'ranges': [{'from':"
                                + " {'$date': '9999-12-31T23:59:59-10:00'}}]}")
                .body("facets.at.buckets.from", contains("9999-12-31T15:00:00Z"))
                .body("facets.r.ranges.from", contains("9999-12-31T15:59:59-18:00"))
                .body("facets.r.ranges.count", contains(0));
        facets("{'at': {'$gte': {'$date': '9999-12-31T15:00:00Z'}}}", "'at': {'histogram': 'year'}")
                .body("counted.documents", equalTo(1))
                .body("facets.at.buckets.from", contains("9999-01-01T00:00:00Z"));
        name = Api.collection();
        Api.put(name, "first", "{\"title\": \"First\", \"metadata\": {\"at\": \"0001-01-01T00:00:00Z\"}}");
        facets("{}", "'at': {'histogram': 'year', 'timeZone': '-18:00'}")
                .body(containsString("\"buckets\":[{\"count\":1}]"));
        facets("{}", "'at': {'histogram': 'hour', 'timeZone': '-18:00'}")
                .body("facets.at.buckets.from", contains("0001-01-01T00:00:00Z"));
    }

    @Test
    void takesTimeZonesByTheirNamesAndOffsets() {
        for (String zone : List.of("+02:00", "Europe/Paris", "Etc/GMT-2", "Z", "UTC", "EST5EDT", "-18:00")) {
            facets("{}", "'made': {'histogram': 'day', 'timeZone': '" + zone + "'}");
        }
    }

    @Test
    void saysWhichRuleATextBreaks() {
        for (String half : List.of("\\ud83d", "\\udc00x")) {
            Response prefix = asked("{}", "'a': {'prefix': '" + half + "'}");
            problem(prefix, 422, "/facets/a/prefix", "facet.prefix");
            prefix.then().body("errors[0].message", containsString("unpaired surrogate"));
        }
        asked("{}", "'a': {'prefix': 'a\\u0000'}").then().body("errors[0].message", containsString("U+0000"));
        asked("{}", "'a\\u0000': {'top': 1}").then().body("errors[0].message", containsString("U+0000"));
        asked("{}", "'" + "x".repeat(257) + "': {'top': 1}")
                .then()
                .body("errors[0].message", containsString("longer than 256"));
        asked("{}", "'a': {'prefix': '" + "x".repeat(257) + "'}")
                .then()
                .body("errors[0].message", containsString("longer than 256"));
        asked("{}", "'a': {'prefix': ''}").then().body("errors[0].message", containsString("empty"));
    }

    @Thorough
    @Test
    void refusesMoreDocumentsThanItCounts() throws SQLException {
        name = filled();
        insert(20_000);
        problem(asked("{}", "'kind': {'top': 1}"), 422, "/filter", "facets.too_many_documents");
        asked("{}", "'kind': {'top': 1}").then().body("errors[0].message", not(containsString("narrower")));
        problem(
                asked("{'kind': 'meal'}", "'tags': {'top': 1}, 'kind': {'top': 1, 'withoutOwn': true}"),
                422,
                "/facets/kind/withoutOwn",
                "facets.too_many_documents");
        problem(
                asked("{'kind': null}", "'kind': {'top': 1, 'withoutOwn': true}, 'tags': {'top': 1}"),
                422,
                "/facets/kind/withoutOwn",
                "facets.too_many_documents");
        problem(
                asked("{'key': {'$exists': false}}", "'key': {'top': 1, 'withoutOwn': true}"),
                422,
                "/filter",
                "facets.too_many_documents");
        facets("{'kind': {'$exists': true}}", "'kind': {'top': 1}").body("counted.documents", equalTo(4));
        given().delete(COLLECTIONS + "/" + name).then().statusCode(204);
    }

    @Test
    void refusesWhatIsNotThere() {
        problem(
                json("{\"facets\": {\"a\": {\"top\": 1}}}").post(documents(Api.freeName()) + ":facets"),
                404,
                "collection.not_found");
        problem(json("").post(documents(name) + ":facets"), 400, "json.missing");
        problem(given().urlEncodingEnabled(false).get(documents(name) + ":facets"), 405, "http.method_not_allowed");
        problem(
                json("{}").contentType("text/plain").post(documents(name) + ":facets"),
                415,
                "http.unsupported_media_type");
    }

    private ValidatableResponse facets(String filter, String facets) {
        return asked(filter, facets).then().statusCode(200);
    }

    private Response asked(String filter, String facets) {
        return json("{'filter': %s, 'facets': {%s}}".formatted(filter, facets).replace('\'', '"'))
                .post(documents(name) + ":facets");
    }

    private ValidatableResponse search(String query, String facets) {
        return json("{%s, 'facets': {%s}}".formatted(query, facets).replace('\'', '"'))
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .statusCode(200);
    }

    private void insert(int count) throws SQLException {
        Database.execute("""
                insert into document (id, collection_id, key, metadata, content_hash, version, text_version, created_at, updated_at)
                select gen_random_uuid(), collection.id, 'k' || n, '{}', 'none', 1, 1, now(), now()
                from collection, generate_series(1, ?) as n where name = ?
                """, count, name);
    }
}
