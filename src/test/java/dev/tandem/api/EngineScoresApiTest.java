package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.domain.collection.Collection;
import dev.tandem.index.shared.MemoryEngine;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lucene knows how many chunks a document has, another engine does not: a hybrid search answers the same with both. */
@QuarkusTest
class EngineScoresApiTest {

    private static final int DOCUMENTS = 30;
    private static final List<String> WORDS = List.of("tea", "leaf", "cup", "water", "kettle", "sugar", "milk");

    @Inject
    World world;

    @Test
    void theChunksOfADocumentCountWithEachEngine() {
        Collection local = world.collection(CollectionSamples.fakeModel());
        Collection other = world.collection(CollectionSamples.fakeModel(), MemoryEngine.NAME);
        byte[] lines = lines(new Random(19));
        load(local, lines);
        load(other, lines);
        world.settle(local);
        world.settle(other);
        assertThat(world.stats(local).chunks()).isGreaterThan(2 * DOCUMENTS);
        assertSame(hybrid(local), hybrid(other));
        world.delete(local);
        world.delete(other);
    }

    private static byte[] lines(Random random) {
        return IntStream.range(0, DOCUMENTS)
                .mapToObj(
                        i -> "{\"key\": \"d%d\", \"content\": \"%s\"}\n".formatted(i, text(random, 1 + 120 * (i % 6))))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void load(Collection collection, byte[] lines) {
        given().contentType("application/x-ndjson")
                .body(lines)
                .post(documents(collection.name()) + ":import")
                .then()
                .statusCode(200);
    }

    private static String text(Random random, int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())) + random.nextInt(20))
                .collect(Collectors.joining(" ", "tea ", "."));
    }

    private static Response hybrid(Collection collection) {
        Response answer = json("{\"query\": \"tea leaf3 kettle7\", \"limit\": 30, \"explain\": true, \"include\": []}")
                .post(COLLECTIONS + "/" + collection.name() + "/search");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    /** Scores by words may differ: Lucene counts documents that were replaced for some time. */
    private static void assertSame(Response one, Response other) {
        Map<String, Double> worths = worths(one);
        Map<String, Double> others = worths(other);
        assertThat(worths).hasSize(DOCUMENTS);
        assertThat(others).hasSize(DOCUMENTS);
        worths.forEach((key, worth) -> assertThat(others.get(key)).as(key).isCloseTo(worth, within(1e-4)));
    }

    /** What the vectors add to the score of each hit. */
    private static Map<String, Double> worths(Response answer) {
        List<String> keys = answer.path("items.key");
        List<Number> contributions = answer.path("items.explanation.vector");
        return IntStream.range(0, keys.size())
                .boxed()
                .collect(Collectors.toMap(keys::get, i -> contributions.get(i).doubleValue()));
    }
}
