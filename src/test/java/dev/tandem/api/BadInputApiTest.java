package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasEntry;

import dev.tandem.api.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that a client can make in a body. The answer says where and what, and nothing of the request is stored. */
@QuarkusTest
class BadInputApiTest {

    private static final String JSON = "Content-Type: application/json";
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    /** All in one collection, because no request stores anything. */
    private static String documents = "";

    @BeforeEach
    void oneDocument() {
        if (documents.isEmpty()) {
            documents = documents(Api.collection());
            json("{\"key\": \"kept\", \"title\": \"kept\", \"vector\": [1, 2, 3]}")
                    .post(documents)
                    .then()
                    .statusCode(201);
        }
    }

    @AfterEach
    void nothingElseIsThere() {
        given().get(documents)
                .then()
                .statusCode(200)
                .body("items", contains(allOf(hasEntry("key", (Object) "kept"), hasEntry("version", (Object) 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'titel': 'a'}                                     | 400 | /titel          | json.unknown_field",
                "{'title': 1}                                       | 400 | /title          | json.wrong_type",
                "{'title': true}                                    | 400 | /title          | json.wrong_type",
                "{'title': ['a']}                                   | 400 | /title          | json.wrong_type",
                "{'vector': 'AACAPwAAAAAAAAAA'}                     | 400 | /vector         | json.wrong_type",
                "{'vector': {}}                                     | 400 | /vector         | json.wrong_type",
                "{'vector': 1}                                      | 400 | /vector         | json.wrong_type",
                "{'vector': [1, null, 3]}                           | 400 | /vector/1       | json.wrong_type",
                "{'vector': [1, '2', 3]}                            | 400 | /vector/1       | json.wrong_type",
                "{'vector': [1, 'NaN', 3]}                          | 400 | /vector/1       | json.wrong_type",
                "{'vector': [1, [2], 3]}                            | 400 | /vector/1       | json.wrong_type",
                "{'vector': [1, NaN, 3]}                            | 400 | /vector/1       | json.malformed",
                "{'vector': [1, 2, 1e39]}                           | 422 | /vector/2       | vector.not_finite",
                "{'vector': [1, 2, 1e999999999]}                    | 422 | /vector/2       | vector.not_finite",
                "{'vector': [0, 0, 0]}                              | 422 | /vector         | vector.zero",
                "{'vector': [1, 2]}                                 | 422 | /vector         | vector.dimensions",
                "{'vector': []}                                     | 422 | /vector         | vector.dimensions",
                "{'title': 'a', 'metadata': []}                     | 400 | /metadata       | json.wrong_type",
                "{'title': 'a', 'metadata': 'a'}                    | 400 | /metadata       | json.wrong_type",
                "{'title': 'a', 'title': 'b'}                       | 400 | /title          | json.duplicate_field",
                "{'title': 'a', 'metadata': {'a': [{'b': 1, 'b': 2}]}} | 400 | /metadata/a/0/b | json.duplicate_field",
                "{'title': 'a'} x                                   | 400 | ''              | json.malformed",
                "{'title': 'a'}{'title': 'a'}                       | 400 | ''              | json.malformed",
                "{'title': 'a'                                      | 400 | /title          | json.malformed",
                "{'title': 'a',}                                    | 400 | /title          | json.malformed",
                "/* a */{'title': 'a'}                              | 400 | ''              | json.malformed",
                "''                                                 | 400 | ''              | json.wrong_type",
                "null                                               | 400 | ''              | json.missing",
                "[]                                                 | 400 | ''              | json.wrong_type",
                "[{'title': 'a'}]                                   | 400 | ''              | json.wrong_type",
                "1                                                  | 400 | ''              | json.wrong_type",
                "{}                                                 | 422 | ''              | document.empty",
                "{'title': 'a\\u0000'}                              | 422 | /title          | text.nul",
                "{'content': '\\udc00\\ud800'}                      | 422 | /content        | text.surrogate",
                "{'title': 'a', 'key': 'a\\u0000'}                  | 422 | /key            | text.nul",
                "{'title': 'a', 'key': 'a\\ud800'}                  | 422 | /key            | text.surrogate",
                "{'title': 'a', 'key': 'a\\n'}                      | 422 | /key            | document.key.control",
                "{'title': 'a', 'key': ''}                          | 422 | /key            | document.key.blank",
                "{'title': 'a', 'key': ' '}                         | 422 | /key            | document.key.blank",
                "{'title': 'a', 'key': '.'}                         | 422 | /key            | document.key.dots",
                "{'title': 'a', 'key': '..'}                        | 422 | /key            | document.key.dots",
                "{'title': 'a', 'metadata': {'a': ['\\u0000']}}     | 422 | /metadata/a/0   | text.nul",
                "{'title': 'a', 'metadata': {'a/b': '\\ud800'}}     | 422 | /metadata/a~1b  | text.surrogate",
                "{'title': 'a', 'metadata': {'\\u0000': 1}}         | 422 | /metadata       | text.nul",
                "{'title': 'a', 'metadata': {'\\ud800': 1}}         | 400 | /metadata       | json.malformed",
                "{'title': 'a', 'metadata': {'': 1}}                | 422 | /metadata       | metadata.name",
                "{'title': 'a', 'metadata': {'a': 1e400}}           | 422 | /metadata/a     | metadata.number",
                "{'title': 'a', 'metadata': {'a': 1e99999999999}}   | 422 | /metadata/a     | metadata.number",
                "{'title': 'a', 'metadata': {'a': 12345678901234567890}} | 422 | /metadata/a | metadata.number",
            })
    void refusesDocuments(String body, int status, String pointer, String code) {
        String read = body.replace('\'', '"');
        problem(json(read).post(documents), status, pointer.equals("''") ? "" : pointer, code);
        // The same applies to a replacement, except that its key is in the address.
        assertThat(json(read).put(documents + "/kept").statusCode()).isBetween(400, 499);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 1}                                                   | 400 | /name                    | json.wrong_type",
                "{'name': 'UPPER'}                                             | 422 | /name                    | collection.name",
                "{'name': 'a/b'}                                               | 422 | /name                    | collection.name",
                "{}                                                            | 422 | /name                    | collection.name",
                "{'name': 'x', 'description': '\\u0000'}                       | 422 | /description             | text.nul",
                "{'name': 'x', 'embedding': 'none'}                            | 400 | /embedding               | json.wrong_type",
                "{'name': 'x', 'embedding': {'model': 'gpt'}}                  | 422 | /embedding/model         | collection.embedding.model",
                "{'name': 'x', 'embedding': {'model': 'none'}}                 | 422 | /embedding/dimensions    | collection.embedding.dimensions",
                "{'name': 'x', 'embedding': {'dimensions': 3.5}}               | 400 | /embedding/dimensions    | json.wrong_type",
                "{'name': 'x', 'embedding': {'dimensions': '384'}}             | 400 | /embedding/dimensions    | json.wrong_type",
                "{'name': 'x', 'embedding': {'dimensions': 385}}               | 422 | /embedding/dimensions    | collection.embedding.dimensions",
                "{'name': 'x', 'embedding': {'metric': 'COSINE'}}              | 422 | /embedding/metric        | choice.unknown",
                "{'name': 'x', 'embedding': {'modell': 'none'}}                | 400 | /embedding/modell        | json.unknown_field",
                "{'name': 'x', 'chunking': {'maxTokens': 15}}                  | 422 | /chunking/maxTokens      | collection.chunking.max_tokens",
                "{'name': 'x', 'chunking': {'overlapTokens': 101}}             | 422 | /chunking/overlapTokens  | collection.chunking.overlap_tokens",
                "{'name': 'x', 'language': 'klingon'}                          | 422 | /language                | choice.unknown",
                "{'name': 'x', 'requireIfMatch': 1}                            | 400 | /requireIfMatch          | json.wrong_type",
                "{'name': 'x', 'metadataSchema': true}                         | 400 | /metadataSchema          | json.wrong_type",
                "{'name': 'x', 'metadataSchema': {'type': 'text'}}             | 422 | /metadataSchema/type     | metadata_schema.invalid",
            })
    void refusesCollections(String body, int status, String pointer, String code) {
        problem(json(body.replace('\'', '"')).post(COLLECTIONS), status, pointer, code);
        given().get(COLLECTIONS + "/x").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'filter': []}                          | /filter             | json.wrong_type",
                "{'filter': {'a': {'$regex': 'x'}}}      | /filter/a/$regex    | filter.unknown_operator",
                "{'filter': {'$nor': []}}                | /filter/$nor        | filter.unknown_operator",
                "{'filter': {'a': {'$gt': true}}}        | /filter/a/$gt       | filter.operand",
                "{'filter': {'a': {'$in': 1}}}           | /filter/a/$in       | filter.operand",
                "{'filter': {'$and': {}}}                | /filter/$and        | filter.operand",
                "{'filter': {'a': '\\u0000'}}            | /filter/a           | filter.text",
                "{'filter': {'a': 1e400}}                | /filter/a           | filter.number",
                "{'filter': {'a..b': 1}}                 | /filter/a..b        | filter.path",
                "{'limit': 0}                            | /limit              | parameter.limit",
                "{'limit': 1001}                         | /limit              | parameter.limit",
                "{'limit': 1.5}                          | /limit              | json.wrong_type",
                "{'limit': '1'}                          | /limit              | json.wrong_type",
                "{'limit': 2147483648}                   | /limit              | json.number_range",
                "{'sort': 'content'}                     | /sort               | parameter.sort",
                "{'count': 'all'}                        | /count              | parameter.count",
                "{'cursor': ''}                          | /cursor             | cursor.foreign",
                "{'cursor': 'a b'}                       | /cursor             | cursor.foreign",
                "{'offset': 10}                          | /offset             | json.unknown_field",
            })
    void refusesQueries(String body, String pointer, String code) {
        problem(json(body.replace('\'', '"')).post(documents + ":query"), 400, pointer, code);
    }

    @Test
    void refusesFiltersThatAreTooDeep() {
        String deep = "{\"$not\":".repeat(50) + "{\"a\":1}" + "}".repeat(50);
        problem(
                json("{\"filter\": " + deep + "}").post(documents + ":query"),
                400,
                "/filter" + "/$not".repeat(16),
                "filter.too_deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void refusesABodyThatIsNotThere(String body) {
        for (String target : new String[] {"", "/kept", ":query"}) {
            Answer answer = RawHttp.send(target.equals("/kept") ? "PUT" : "POST", documents + target, body, JSON);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("json.missing");
        }
        assertThat(RawHttp.send("PATCH", documents + "/kept", body, JSON).code())
                .isEqualTo("json.missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c0af", "eda080", "f4908080", "80", "00"})
    void refusesWhatIsNotUtf8(String octets) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"title\": \"".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(HexFormat.of().parseHex(octets));
        body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        Answer answer = RawHttp.send("POST", documents, body.toByteArray(), JSON);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("json.malformed");
    }

    @Test
    void refusesMetadataThatIsTooMuch() {
        problem(withMetadata("{\"a\": \"" + "x".repeat(2_000_000) + "\"}"), 422, "/metadata", "metadata.too_large");
        String members = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"k" + i + "\": 1")
                .collect(Collectors.joining(",", "{", "}"));
        problem(withMetadata(members), 422, "/metadata", "metadata.too_large");
        problem(withMetadata(nested(60)), 422, "/metadata" + "/a".repeat(32), "metadata.too_deep");
        problem(withMetadata(nested(200)), 400, "json.too_complex");
        problem(withMetadata("{\"a\": " + "1".repeat(500) + "}"), 400, "json.too_complex");
        problem(withMetadata("{\"" + "k".repeat(60_000) + "\": 1}"), 400, "json.too_complex");
    }

    @Test
    void refusesTextsThatAreTooLong() {
        problem(
                json("{\"key\": \"" + "k".repeat(257) + "\", \"title\": \"a\"}").post(documents),
                422,
                "/key",
                "text.too_long");
        problem(json("{\"title\": \"a\"}").put(documents + "/" + "k".repeat(300)), 422, "/key", "text.too_long");
        problem(json("{\"title\": \"" + "a".repeat(2_001) + "\"}").post(documents), 422, "/title", "text.too_long");
        problem(
                json("{\"content\": \"" + "a".repeat(1_000_001) + "\"}").post(documents),
                422,
                "/content",
                "text.too_long");
    }

    @Test
    void refusesBodiesOverTheLimitHoweverTheyCome() {
        byte[] body = ("{\"content\": \"" + "a".repeat(LARGEST_BODY) + "\"}").getBytes(StandardCharsets.UTF_8);
        for (Answer answer : new Answer[] {
            RawHttp.send("POST", documents, body, JSON),
            RawHttp.chunked("POST", documents, body),
            RawHttp.chunked("PUT", documents + "/kept", body),
            RawHttp.send("POST", COLLECTIONS + "/none/search", body, JSON),
        }) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.isProblem()).isTrue();
            assertThat(answer.code()).isEqualTo("http.content_too_large");
        }
    }

    @Test
    void refusesCodingsAndTypesThatItDoesNotRead() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"title\": \"a\"}".getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] body : new byte[][] {zipped.toByteArray(), {0x1f, (byte) 0x8b, 1, 2, 3}}) {
            Answer answer = RawHttp.send("POST", documents, body, JSON, "Content-Encoding: gzip");
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("http.unsupported_media_type");
            assertThat(RawHttp.send("POST", documents, body, JSON).code()).isEqualTo("json.malformed");
        }
        for (String type : new String[] {"text/plain", "application/xml", "multipart/form-data", "nonsense", "a/b/c"}) {
            Answer answer = RawHttp.send("POST", documents, "{\"title\": \"a\"}", "Content-Type: " + type);
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("http.unsupported_media_type");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "If-Match: abc                | 400 | precondition.malformed",
                "If-Match: \"1                 | 400 | precondition.malformed",
                "If-Match: \"1\", abc          | 400 | precondition.malformed",
                "If-Match:                    | 400 | precondition.malformed",
                "If-None-Match:               | 400 | precondition.malformed",
                "If-None-Match: \"1\"          | 400 | precondition.unsupported",
                "If-None-Match: *             | 412 | precondition.failed",
                "If-Match: W/\"1\"             | 412 | precondition.failed",
                "If-Match: \"99999999999999999999\" | 412 | precondition.failed",
                "Accept: text/html            | 406 | http.not_acceptable",
                "Accept: nonsense             | 406 | http.not_acceptable",
            })
    void refusesHeaders(String header, int status, String code) {
        Answer answer = RawHttp.send("PUT", documents + "/kept", "{\"title\": \"new\"}", JSON, header.strip());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.code()).isEqualTo(code);
    }

    private Response withMetadata(String metadata) {
        return json("{\"title\": \"a\", \"metadata\": " + metadata + "}").post(documents);
    }

    private static String nested(int levels) {
        return "{\"a\": ".repeat(levels) + "1" + "}".repeat(levels);
    }
}
