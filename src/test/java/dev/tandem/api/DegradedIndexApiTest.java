package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.index.IndexConfig;
import dev.tandem.index.shared.MemoryEngine;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index whose folder rejects writes, like a full or read-only disk. */
@QuarkusTest
class DegradedIndexApiTest {

    @Inject
    World world;

    @Inject
    IndexConfig indexConfig;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void removeCollection() {
        world.delete(owner);
    }

    @Test
    void whatIsOpenIsSearchedAndSaysWhatItIs() throws IOException, SQLException {
        world.put(owner, "before", "everywhere before");
        world.settle(owner);
        Path obstacle = obstruct();
        world.put(owner, "during", "everywhere during");
        await().atMost(PATIENCE).until(() -> state().equals("degraded"));
        Response answer = search();
        answer.then().statusCode(200);
        assertThat(answer.jsonPath().getList("items.key", String.class)).contains("before");
        String sequence = answer.jsonPath().getString("sequence");
        List<String> warnings = answer.jsonPath().getList("warnings", String.class);
        assertThat(warnings)
                .contains("The index can't be written at the moment; it shows the state of sequence " + sequence + ".")
                .noneMatch(warning -> warning.contains("no other document matches"));
        Files.delete(obstacle);
        await().atMost(PATIENCE).until(() -> state().equals("ok"));
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
        assertThat(search().jsonPath().getList("warnings", String.class))
                .containsExactly("Only 2 of 10 hits: no other document matches.");
    }

    @Test
    void whatCanNotBeOpenedIsRefusedAndBuiltWhenItCan() throws IOException {
        UUID id = owner.id();
        Path folder = indexConfig.directory().resolve(id.toString());
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file where the folder should be");
        world.put(owner, "key", "everywhere");
        await().atMost(PATIENCE).until(() -> state().equals("degraded"));
        problem(search(), 503, "index.unavailable").header("Retry-After", "5");
        Files.delete(folder);
        await().atMost(PATIENCE).until(() -> state().equals("ok"));
        world.settle(owner);
        assertThat(search().jsonPath().getList("items.key", String.class)).containsExactly("key");
    }

    @Test
    void wordsBesideAnotherEngineCountAsWell() throws IOException {
        world.delete(owner);
        owner = world.collection(CollectionSamples.ownVectors(2), MemoryEngine.NAME);
        Path folder = indexConfig.directory().resolve(owner.id().toString());
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file where the folder should be");
        world.put(owner, "key", "everywhere");
        await().atMost(PATIENCE).until(() -> state().equals("degraded"));
        problem(search(), 503, "index.unavailable");
        Files.delete(folder);
        await().atMost(PATIENCE).until(() -> state().equals("ok"));
        world.settle(owner);
        assertThat(search().jsonPath().getList("items.key", String.class)).containsExactly("key");
    }

    /** Lucene's lock is gone and can't be made again, so Lucene writes no more. */
    private Path obstruct() throws IOException {
        try (Stream<Path> files =
                Files.list(indexConfig.directory().resolve(owner.id().toString()))) {
            Path generation = files.filter(Files::isDirectory).findFirst().orElseThrow();
            Path lock = generation.resolve("write.lock");
            Files.delete(lock);
            return Files.createDirectory(lock);
        }
    }

    private String state() {
        return given().get(COLLECTIONS + "/" + owner.name() + "/stats")
                .then()
                .statusCode(200)
                .extract()
                .path("index.state");
    }

    private Response search() {
        return given().contentType(ContentType.JSON)
                .body(Map.of("query", "everywhere", "mode", "keyword"))
                .post(COLLECTIONS + "/" + owner.name() + "/search");
    }
}
