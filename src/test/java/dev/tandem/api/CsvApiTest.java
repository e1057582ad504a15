package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.domain.job.Job;
import dev.tandem.testing.Jobs;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV in and out: the same routes, answers, jobs and keys as with lines of JSON. */
@QuarkusTest
class CsvApiTest {

    private static final String FILE = """
            key,title,year:number,size.cm
            a,"Tea, ""green""\",1998,7
            b,Coffee,,
            c,Cocoa,x,7

            d,Water,1,2,3
            ,"none
            at all",,
            """;

    @Inject
    Jobs jobs;

    private String collection = "";
    private String address = "";

    @BeforeEach
    void create() {
        collection = Api.collection();
        address = documents(collection) + ":import";
    }

    @Test
    void writesEachRowAndAnswersByTheLineOfTheFile() {
        List<JsonPath> answer = lines(csv(FILE).post(address + "?results=all"));
        assertThat(answer.stream().map(line -> line.getInt("line")).limit(5)).containsExactly(2, 3, 4, 6, 7);
        assertThat(answer.stream().map(line -> line.getInt("status")).limit(5))
                .containsExactly(201, 201, 400, 400, 201);
        assertThat(answer.get(2).getString("key")).isEqualTo("c");
        assertThat(answer.get(2).getString("error.code")).isEqualTo("csv.type");
        assertThat(answer.get(2).getString("error.errors[0].pointer")).isEqualTo("/metadata/year");
        assertThat(answer.get(3).getString("error.code")).isEqualTo("csv.cells");
        assertThat(answer.getLast().getMap("summary"))
                .containsEntry("received", 5)
                .containsEntry("created", 3)
                .containsEntry("failed", 2);
        given().get(documents(collection) + "/a")
                .then()
                .body("title", equalTo("Tea, \"green\""))
                .body("metadata", equalTo(Map.of("year", 1998, "size", Map.of("cm", "7"))));
        given().get(documents(collection) + "/b").then().body("metadata", equalTo(Map.of()));
        assertThat(lines(csv(FILE.replace("1998", "1999")).post(address))
                        .getLast()
                        .getMap("summary"))
                .containsEntry("updated", 1)
                .containsEntry("unchanged", 1);
    }

    @Test
    void aJobWritesTheRows() {
        Response started = csv(FILE).header("Prefer", "respond-async").post(address);
        started.then().statusCode(202);
        Job job = jobs.ended(UUID.fromString(started.path("id")));
        assertThat(job.total()).isEqualTo(5);
        assertThat(job.done()).isEqualTo(3);
        List<JsonPath> errors = lines(given().get("/v1/jobs/" + job.id() + "/errors"));
        assertThat(errors).extracting(error -> error.getInt("line")).containsExactly(4, 6);
        assertThat(errors).extracting(error -> error.getString("key")).containsExactly("c", "d");
        assertThat(errors).extracting(error -> error.getString("code")).containsExactly("csv.type", "csv.cells");
    }

    @Test
    void isDoneOnceUnderAKey() {
        String first =
                csv(FILE).header("Idempotency-Key", collection).post(address).asString();
        assertThat(first).contains("\"created\":3");
        assertThat(csv(FILE).header("Idempotency-Key", collection).post(address).asString())
                .isEqualTo(first);
        problem(
                csv(FILE.replace("size.cm", "size.in"))
                        .header("Idempotency-Key", collection)
                        .post(address),
                422,
                "",
                "idempotency.mismatch");
    }

    @Test
    void theSchemaSaysTypesAndJudges() {
        String typed = Api.collection("""
                "embedding": {"model": "none", "dimensions": 3}, "metadataSchema": {"properties": {
                "year": {"type": "integer"}, "tags": {"type": "array"}, "zip": {"type": "string"}}}
                """);
        List<JsonPath> answer =
                lines(csv("key;title;year;tags;zip\na;x;7;[\"\"b\"\"];007\nb;x;7,5;;\nc;x;;\"[\"\"b\"\"]\";007\n")
                        .post(documents(typed) + ":import"));
        assertThat(answer).hasSize(3);
        assertThat(answer.get(0).getString("error.errors[0].code")).isEqualTo("metadata.schema");
        assertThat(answer.get(1).getString("error.errors[0].pointer")).isEqualTo("/metadata/year");
        given().get(documents(typed) + "/c")
                .then()
                .body("metadata", equalTo(Map.of("tags", List.of("b"), "zip", "007")));
    }

    @Test
    void patchesWithTheCellsThatAreThere() {
        csv("key,title,content,a,b:json\nk,T,C,x,1\n").post(address);
        assertThat(csv("key,title,a,b:json\nk,,y,null\nnone,x,,\n")
                        .post(address + "?mode=merge")
                        .asString())
                .contains("\"updated\":1", "document.not_found");
        given().get(documents(collection) + "/k")
                .then()
                .body("title", equalTo("T"))
                .body("content", equalTo("C"))
                .body("metadata", equalTo(Map.of("a", "y")));
    }

    @Test
    void expandsGzip() throws IOException {
        StringBuilder rows = new StringBuilder("key,title\r\n");
        for (int i = 0; i < 3_000; i++) {
            rows.append("k").append(i % 700).append(",\"row ").append(i).append("\"\r\n");
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }
        Response answer = given().urlEncodingEnabled(false)
                .contentType("text/csv;charset=utf-8")
                .header("Content-Encoding", "gzip")
                .body(packed.toByteArray())
                .post(address);
        assertThat(lines(answer).getLast().getInt("summary.received")).isEqualTo(3_000);
        given().get(documents(collection) + "?count=exact").then().body("count", equalTo(700));
        given().get(documents(collection) + "/k7").then().body("title", equalTo("row 2807"));
    }

    @Test
    void whatIsNoTextIsRefusedAsInJson() {
        List<JsonPath> answer = lines(csv("key,title\na,x\0y\nb\u0001,x\n").post(address));
        assertThat(answer.get(0).getString("error.errors[0].code")).isEqualTo("text.nul");
        assertThat(answer.get(1).getString("error.errors[0].code")).isEqualTo("document.key.control");
    }

    @Test
    void aHeaderThatIsNoneEndsTheImport() {
        for (String header : List.of("key,key", "key,a,a.b", "\"key", "a..b")) {
            JsonPath last = lines(csv(header + "\nx,y\n").post(address)).getLast();
            assertThat(last.getString("summary.stopped.code")).isEqualTo("csv.header");
            assertThat(last.getInt("summary.stopped.status")).isEqualTo(400);
            problem(csv(header + "\nx,y\n").header("Prefer", "respond-async").post(address), 400, "csv.header");
        }
        assertThat(csv("").post(address).asString()).contains("\"received\":0");
    }

    /** It would be all of the rest, which is neither kept nor read to its end. */
    @Test
    void aQuoteThatIsNeverClosedEndsTheImport() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("key,title\na,\"".getBytes(StandardCharsets.UTF_8));
            byte[] rows = "b,c\n".repeat(250_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 100; i++) {
                gzip.write(rows);
            }
        }
        Response answer = given().urlEncodingEnabled(false)
                .contentType("text/csv;charset=utf-8")
                .header("Content-Encoding", "gzip")
                .body(packed.toByteArray())
                .post(address);
        assertThat(lines(answer).getLast().getString("summary.stopped.code")).isEqualTo("import.no_line");
    }

    @Test
    void refusesALineThatIsTooLong() {
        List<JsonPath> answer = lines(csv("key,content\nlong,\"" + "x".repeat(5_000_000) + "\"\nb,y\n")
                .post(address));
        assertThat(answer.getFirst().getString("key")).isEqualTo("long");
        assertThat(answer.getFirst().getString("error.code")).isEqualTo("import.line_too_long");
        assertThat(answer.getLast().getInt("summary.created")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv; charset=iso-8859-1",
                "text/csv;header=absent",
                "text/tab-separated-values",
                "text/plain"
            })
    void refusesOtherMediaTypes(String mediaType) {
        problem(csv(FILE).contentType(mediaType).post(address), 415, "http.unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv; charset=UTF-8",
                "Text/CSV;header=present;Charset=utf-8",
                "text/csv;charset=\"utf-8\"; header=present"
            })
    void readsTheMediaTypeInAnyForm(String mediaType) {
        assertThat(csv(FILE).contentType(mediaType).post(address).asString()).contains("\"created\":3");
    }

    @Test
    void refusesParametersThatSayNothing() {
        problem(csv(FILE).post(address + "?delimiter=dot"), 400, "/delimiter", "parameter.choice");
        problem(
                csv("{}").contentType("application/x-ndjson").post(address + "?delimiter=comma"),
                400,
                "/delimiter",
                "parameter.delimiter");
        problem(csv(FILE).post("/v1/collections/no-such/documents:import"), 404, "collection.not_found");
        String export = documents(collection) + ":export";
        problem(plain().get(export + "?columns=key"), 400, "/columns", "parameter.columns");
        problem(rows().get(export + "?columns=key,key"), 400, "/columns", "parameter.columns");
        problem(rows().get(export + "?columns=key,,a"), 400, "/columns", "parameter.columns");
        problem(rows().get(export + "?columns=vector"), 400, "/columns", "parameter.columns");
        problem(rows().get(export + "?include=vectors"), 400, "/include", "parameter.include");
        problem(rows().get("/v1/collections/no-such/documents:export"), 404, "collection.not_found");
        problem(plain().accept("text/html").get(export), 406, "http.not_acceptable");
    }

    @Test
    void exportsWhatAnImportReadsAgain() {
        csv(FILE).post(address);
        String export = documents(collection) + ":export";
        Response whole = rows().get(export);
        assertThat(whole.contentType()).startsWith("text/csv");
        assertThat(whole.asString().split("\r\n", -1))
                .hasSize(5)
                .startsWith("key,title,content,metadata")
                .endsWith("");
        String copy = Api.collection();
        assertThat(csv(whole.asString()).post(documents(copy) + ":import").asString())
                .contains("\"created\":3");
        assertThat(csv(rows().get(documents(copy) + ":export").asString())
                        .post(address)
                        .asString())
                .contains("\"unchanged\":3");
        assertThat(rows().get(export + "?columns=key,a%5C,b,c%5C.d%5C,e%20:json")
                        .asString())
                .startsWith("key,\"a\\,b\",\"c\\.d\\,e :json\"\r\n");
        assertThat(rows().get(export + "?columns=key,year:number,size.cm&filter=%7B%22$key%22:%22a%22%7D")
                        .asString())
                .isEqualTo("key,year:number,size.cm\r\na,1998,7\r\n");
        assertThat(rows().get(documents(Api.collection()) + ":export").asString())
                .isEqualTo("key,title,content,metadata\r\n");
    }

    /** Whoever accepts anything gets lines of JSON, as ever. */
    @Test
    void csvIsForThoseWhoAskForIt() {
        csv(FILE).post(address);
        String export = documents(collection) + ":export";
        for (String accepted :
                List.of("*/*", "application/*", "application/x-ndjson", "application/x-ndjson, text/csv")) {
            assertThat(plain().accept(accepted).get(export).contentType())
                    .as(accepted)
                    .startsWith("application/x-ndjson");
        }
        assertThat(plain().get(export).contentType()).startsWith("application/x-ndjson");
        assertThat(plain().accept("text/*").get(export).contentType()).startsWith("text/csv");
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private static RequestSpecification rows() {
        return plain().accept("text/csv");
    }

    private static RequestSpecification csv(String text) {
        return plain().contentType("text/csv;charset=utf-8").body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonPath> lines(Response answer) {
        return answer.asString().lines().map(JsonPath::new).toList();
    }
}
