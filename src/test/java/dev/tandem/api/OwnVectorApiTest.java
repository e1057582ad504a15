package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to an own vector: the table in docs/api.md, for each kind of write. */
@QuarkusTest
class OwnVectorApiTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String TEXT = "\"title\": \"Tea\", \"content\": \"Leaves\"";
    private static final String NEW_TEXT = "\"title\": \"Tea\", \"content\": \"Leaves and water\"";

    @Inject
    World world;

    private String collection = "";

    /** A way to write one document; it ignores members that it does not need. */
    private enum Way {
        PUT {
            @Override
            Refused write(String collection, String members) {
                Response answer = json("{" + members + "}").put(documents(collection) + "/tea");
                return Refused.of(answer);
            }
        },
        PATCH {
            @Override
            Refused write(String collection, String members) {
                Response answer = json("{" + members + "}").patch(documents(collection) + "/tea");
                return Refused.of(answer);
            }
        },
        IMPORT {
            @Override
            Refused write(String collection, String members) {
                JsonPath failed = imported(collection, "?onError=abort", "{\"key\": \"tea\", " + members + "}");
                return new Refused(
                        failed.getString("error.errors[0].code"), failed.getString("error.errors[0].pointer"));
            }
        },
        BY_FILTER {
            @Override
            Refused write(String collection, String members) {
                Response answer =
                        json("{\"filter\": {}, \"patch\": {" + members + "}}").post(documents(collection) + ":update");
                answer.then().statusCode(200);
                return new Refused(answer.path("errors[0].code"), answer.path("errors[0].pointer"));
            }
        };

        abstract Refused write(String collection, String members);
    }

    /** The refused fields; empty if the write was accepted. */
    private record Refused(String code, String pointer) {

        static final Refused NOTHING = new Refused(null, null);
        static final Refused OUTDATED = new Refused("document.vector.outdated", "/vector");

        static Refused of(Response answer) {
            return answer.statusCode() < 300
                    ? NOTHING
                    : new Refused(answer.path("errors[0].code"), answer.path("errors[0].pointer"));
        }
    }

    @BeforeEach
    void addDocument() {
        collection = Api.collection();
        Api.put(collection, "tea", "{" + TEXT + ", \"metadata\": {\"n\": 1}, \"vector\": [1, 0, 0]}");
    }

    @ParameterizedTest
    @EnumSource
    void aVectorThatIsNotMentionedStaysWithItsText(Way way) {
        assertThat(way.write(collection, TEXT + ", \"metadata\": {\"n\": 2}")).isEqualTo(Refused.NOTHING);
        given().get(documents(collection) + "/tea").then().body("metadata.n", equalTo(2));
        assertThat(vector(collection)).isEqualTo("[1.0, 0.0, 0.0]");
    }

    @ParameterizedTest
    @EnumSource
    void aNewTextThatWouldLoseTheVectorIsRefused(Way way) {
        assertThat(way.write(collection, NEW_TEXT)).isEqualTo(Refused.OUTDATED);
        given().get(documents(collection) + "/tea").then().body("content", equalTo("Leaves"));
        assertThat(vector(collection)).isEqualTo("[1.0, 0.0, 0.0]");
    }

    @ParameterizedTest
    @EnumSource
    void aNewTextMayBringAVectorOrSayThatThereIsNone(Way way) {
        assertThat(way.write(collection, NEW_TEXT + ", \"vector\": [0, 1, 0]")).isEqualTo(Refused.NOTHING);
        assertThat(vector(collection)).isEqualTo("[0.0, 1.0, 0.0]");
        assertThat(way.write(collection, TEXT + ", \"vector\": null")).isEqualTo(Refused.NOTHING);
        assertThat(vector(collection)).isEqualTo("null");
        // There is no own vector left to lose.
        assertThat(way.write(collection, NEW_TEXT)).isEqualTo(Refused.NOTHING);
        given().get(documents(collection) + "/tea").then().body("content", equalTo("Leaves and water"));
    }

    @ParameterizedTest
    @EnumSource
    void aVectorAloneStaysToo(Way way) {
        json("{\"title\": null, \"content\": null, \"vector\": [0, 0, 1]}")
                .patch(documents(collection) + "/tea")
                .then()
                .statusCode(200);
        assertThat(way.write(collection, "\"metadata\": {\"n\": 3}")).isEqualTo(Refused.NOTHING);
        assertThat(vector(collection)).isEqualTo("[0.0, 0.0, 1.0]");
        assertThat(way.write(collection, "\"vector\": null")).isEqualTo(new Refused("document.empty", ""));
    }

    @Test
    void anExportWithoutVectorsComesBackWithoutLoss() {
        String lines = given().urlEncodingEnabled(false)
                .get(documents(collection) + ":export")
                .asString();
        JsonPath summary = imported(collection, "", lines.replace("\"n\":1", "\"n\":5"));
        assertThat(summary.getInt("summary.updated")).isEqualTo(1);
        assertThat(summary.getInt("summary.pending")).isZero();
        assertThat(vector(collection)).isEqualTo("[1.0, 0.0, 0.0]");
    }

    @Test
    void aRefusedLineStopsAnImportThatIsToStop() {
        imported(
                collection,
                "?onError=abort",
                "{\"key\": \"a\", \"title\": \"A\"}\n{\"key\": \"tea\", " + NEW_TEXT
                        + "}\n{\"key\": \"b\", \"title\": \"B\"}");
        given().get(documents(collection) + "/a").then().statusCode(200);
        given().get(documents(collection) + "/b").then().statusCode(404);
    }

    @Test
    void aRestoredVersionComesWithItsVectorOrWithNone() {
        String tea = documents(collection) + "/tea";
        json("{" + NEW_TEXT + ", \"vector\": null}").put(tea).then().statusCode(200);
        json("{}").post(tea + "/revisions/1:restore").then().statusCode(200).header("Tandem-Embedding", "current");
        assertThat(vector(collection)).isEqualTo("[1.0, 0.0, 0.0]");
        json("{}").post(tea + "/revisions/2:restore").then().statusCode(200).header("Tandem-Embedding", "none");
        assertThat(vector(collection)).isEqualTo("null");
    }

    @Test
    void aModelEmbedsTheNewTextInstead() {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        String tea = documents(owner.name()) + "/tea";
        json("{" + TEXT + ", \"vector\": " + vectorOf("anything") + "}")
                .put(tea)
                .then()
                .statusCode(201)
                .header("Tandem-Embedding", "current");
        json("{" + TEXT + ", \"metadata\": {\"n\": 2}}")
                .put(tea)
                .then()
                .statusCode(200)
                .header("Tandem-Embedding", "current");
        assertThat(vector(owner.name())).isNotEqualTo("null");
        json("{" + NEW_TEXT + "}").put(tea).then().statusCode(200).header("Tandem-Embedding", "pending");
        world.settle(owner);
        assertThat(vector(owner.name())).isEqualTo("null");
        json("{" + NEW_TEXT + "}").put(tea).then().statusCode(200).header("Tandem-Embedding", "current");
        json("{\"title\": \" \", \"content\": null}")
                .patch(tea)
                .then()
                .statusCode(200)
                .header("Tandem-Embedding", "none");
    }

    @Test
    void aVectorThatIsTakenBackIsReplacedByTheModels() {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        String tea = documents(owner.name()) + "/tea";
        json("{" + TEXT + ", \"vector\": " + vectorOf("anything") + "}").put(tea);
        json("{\"vector\": null}").patch(tea).then().statusCode(200).header("Tandem-Embedding", "pending");
        world.settle(owner);
        assertThat(world.stats(owner).chunks()).isEqualTo(1);
        assertThat(vector(owner.name())).isEqualTo("null");
    }

    @Test
    void theStateOfEmbeddingIsSaidOfEveryWrite() {
        json("{\"title\": \"no vector\"}")
                .post(documents(collection))
                .then()
                .statusCode(201)
                .header("Tandem-Embedding", "none");
        json("{" + TEXT + ", \"metadata\": {\"n\": 1}}")
                .put(documents(collection) + "/tea")
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", nullValue())
                .header("Tandem-Embedding", "current");
        given().get(documents(collection) + "/tea").then().header("Tandem-Embedding", nullValue());
    }

    /** The document's own vector, as an export writes it. */
    private static String vector(String collection) {
        String line = plain().get(documents(collection) + ":export?include=vectors")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return String.valueOf((Object) JsonPath.from(line).get("vector"));
    }

    private static String vectorOf(String text) {
        StringBuilder numbers = new StringBuilder();
        for (float number : FakeEmbedder.vectorOf(text).toArray()) {
            numbers.append(numbers.isEmpty() ? "[" : ", ").append(number);
        }
        return numbers.append(']').toString();
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    /** The first line of the answer: that of a refused line, or the summary. */
    private static JsonPath imported(String collection, String query, String lines) {
        String answer = plain().contentType(NDJSON)
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return JsonPath.from(answer.lines().findFirst().orElseThrow());
    }
}
