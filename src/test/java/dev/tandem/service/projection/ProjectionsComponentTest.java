package dev.tandem.service.projection;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tandem.api.Api;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Derivation;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.service.collection.DerivedCollections;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records here are texts by id; what their rows would be does not matter. */
@QuarkusTest
class ProjectionsComponentTest {

    private static final UUID ONE = UUID.fromString("01a20669-cd09-715e-bbab-3600711aa0e0");
    private static final UUID TWO = UUID.fromString("01a20669-cd09-715e-bbab-3600711aa0e1");

    @Inject
    Projections projections;

    @Inject
    DerivedCollections derived;

    private final Derivation derivation = new Derivation(freeName(), "sample");

    /** No model of this service projects into it, so it may go. */
    @AfterEach
    void deletesTheCollection() {
        given().delete(COLLECTIONS + "/" + derivation.collection()).then().statusCode(204);
    }

    @Test
    void aRecordAndItsDocumentAreWrittenTogether() {
        String document = documents(derivation.collection()) + "/" + ONE;
        assertThat(written(ONE, "Soup of leeks", 20).sequence()).isPositive();
        given().get(document)
                .then()
                .statusCode(200)
                .body("content", equalTo("Soup of leeks"))
                .body("metadata.minutes", equalTo(20))
                .body("version", equalTo(1));
        assertThat(get(projections.write(derivation, to -> to.replace(draft(ONE, "Soup of leeks", 20))))
                        .sequence())
                .as("nothing has changed")
                .isZero();
        get(projections.write(derivation, to -> to.replace(draft(ONE, "Soup of peas", 20))));
        given().get(document).then().body("content", equalTo("Soup of peas")).body("version", equalTo(2));
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> get(projections.write(derivation, to -> to.remove(ONE.toString())
                        .chain(() -> Uni.createFrom().failure(new Refusal.Conflict("sample.in_use", "In use."))))));
        given().get(document).then().statusCode(200);
        get(projections.write(derivation, to -> to.remove(ONE.toString())));
        given().get(document).then().statusCode(404);
    }

    @Test
    void aRecordFromBeforeThereWereDocumentsGetsOneOrNone() {
        assertThat(get(projections.write(derivation, to -> to.remove(ONE.toString())))
                        .sequence())
                .isZero();
        get(projections.write(derivation, to -> to.replace(draft(ONE, "Soup", 1))));
        given().get(documents(derivation.collection()) + "/" + ONE).then().statusCode(200);
    }

    @Test
    void aSearchFindsTheRecords() {
        written(ONE, "Soup of leeks", 20);
        long sequence = written(TWO, "Soup of peas", 90).sequence();
        Map<UUID, String> rows = new HashMap<>(Map.of(ONE, "leeks", TWO, "peas"));
        assertThat(found(rows, sequence).items())
                .extracting(FoundRecords.Found::record)
                .containsExactlyInAnyOrder("leeks", "peas");
        rows.remove(TWO);
        assertThat(found(rows, sequence).items())
                .as("what has just been deleted is left out")
                .extracting(FoundRecords.Found::record)
                .containsExactly("leeks");
    }

    @Test
    void aSearchFindsNothingWhereNothingWasWritten() {
        assertThat(found(Map.of(), 0).items()).isEmpty();
    }

    private FoundRecords<String> found(Map<UUID, String> rows, long sequence) {
        SearchDraft soup = new SearchDraft(
                "soup", null, null, null, null, "keyword", null, null, null, null, null, List.of(), null, null, null,
                null, null, null, null, null, null, sequence);
        return get(projections.search(derivation, soup, ids -> Uni.createFrom().item(() -> {
            Map<UUID, String> read = new HashMap<>(rows);
            read.keySet().retainAll(ids);
            return read;
        })));
    }

    @Test
    void everythingElseThatWritesIsRefused() {
        written(ONE, "Soup", 20);
        String collection = COLLECTIONS + "/" + derivation.collection();
        String all = documents(derivation.collection());
        String one = all + "/" + ONE;
        String delete = "{\"filter\": {}%s}";
        String update = "{\"filter\": {}, \"patch\": {\"title\": \"x\"}%s}";
        String keys = "{\"keys\": [\"" + ONE + "\"]%s}";
        for (Response answer : List.of(
                json("{\"content\": \"x\"}").post(all),
                json("{\"content\": \"x\"}").put(one),
                json("{\"content\": \"x\"}").put(all + "/another"),
                given().contentType("application/merge-patch+json")
                        .body("{\"content\": \"x\"}")
                        .patch(one),
                given().delete(one),
                given().delete(all + "/another"),
                given().urlEncodingEnabled(false).post(one + "/revisions/1:restore"),
                json(delete.formatted("")).post(all + ":delete"),
                json(delete.formatted(", \"dryRun\": true")).post(all + ":delete"),
                json(delete.formatted("")).header("Prefer", "respond-async").post(all + ":delete"),
                json(keys.formatted("")).post(all + ":delete"),
                json(keys.formatted("")).header("Prefer", "respond-async").post(all + ":delete"),
                json(update.formatted("")).post(all + ":update"),
                json(update.formatted("")).header("Prefer", "respond-async").post(all + ":update"),
                lines().post(all + ":import"),
                lines().header("Prefer", "respond-async").post(all + ":import"),
                lines().header("Idempotency-Key", freeName()).post(all + ":import"),
                given().contentType("application/merge-patch+json")
                        .body("{\"metadataSchema\": {\"type\": \"object\", \"maxProperties\": 0}}")
                        .patch(collection))) {
            problem(answer, 409, "collection.derived");
        }
        given().get(all).then().body("items.content", contains("Soup")).body("items.version", contains(1));
    }

    private static RequestSpecification lines() {
        byte[] lines = "{\"key\": \"a\", \"content\": \"x\"}\n".getBytes(StandardCharsets.UTF_8);
        return given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(lines);
    }

    @Test
    void isReadLikeAnyOther() {
        written(ONE, "Soup", 20);
        String collection = COLLECTIONS + "/" + derivation.collection();
        given().get(collection).then().statusCode(200).body("derivedFrom", equalTo("sample"));
        json("{\"description\": \"Soups\", \"language\": \"german\"}")
                .put(collection)
                .then()
                .statusCode(200)
                .body("derivedFrom", equalTo("sample"))
                .body("version", equalTo(2));
        given().get(documents(derivation.collection()) + "/" + ONE + "/revisions")
                .then()
                .statusCode(200);
        assertThat(given().urlEncodingEnabled(false)
                        .get(documents(derivation.collection()) + ":export")
                        .asString())
                .contains("Soup");
        json("{\"query\": \"soup\"}").post(collection + "/search").then().statusCode(200);
        given().get(collection + "/stats").then().statusCode(200).body("documents", equalTo(1));
        json("{}").post(collection + ":reembed").then().statusCode(202);
    }

    @Test
    void manyMakeTheCollectionAtOnce() {
        List<Uni<Collection>> made = IntStream.range(0, 8)
                .mapToObj(number -> derived.made(derivation))
                .toList();
        List<Collection> collections = get(Uni.join().all(made).andFailFast());
        assertThat(collections.stream().map(Collection::id).distinct()).hasSize(1);
        List<Uni<Shown<Void>>> writes = Stream.of(ONE, TWO)
                .map(id -> projections.write(derivation, to -> to.add(draft(id, "Soup", 1))))
                .toList();
        get(Uni.join().all(writes).andFailFast());
        given().get(documents(derivation.collection())).then().body("items", hasSize(2));
    }

    @Test
    void aCollectionThatHasDocumentsOfItsOwnIsNotTaken() {
        derived.made(derivation).await().indefinitely();
        String own = Api.collection();
        json("{\"vector\": [1, 2, 3]}").put(documents(own) + "/a").then().statusCode(201);
        Derivation clashing = new Derivation(own, "sample");
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> get(projections.write(clashing, to -> to.add(draft(ONE, "Soup", 1)))))
                .extracting(Refusal::code)
                .isEqualTo("collection.not_derived");
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> get(derived.made(new Derivation(derivation.collection(), "another"))));
        given().get(documents(own)).then().body("items.key", contains("a"));
        given().delete(COLLECTIONS + "/" + own).then().statusCode(204);
    }

    private Shown<Void> written(UUID id, String content, int minutes) {
        return get(projections.write(derivation, to -> to.add(draft(id, content, minutes))));
    }

    private static DocumentDraft draft(UUID id, String content, int minutes) {
        Map<String, @Nullable Object> metadata = new HashMap<>();
        metadata.put("minutes", minutes);
        return new DocumentDraft(id.toString(), null, content, metadata, null);
    }
}
