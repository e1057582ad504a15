package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Other transactions run during the reads of an export. A line shows what the document was at one moment, and no document is missing. */
@QuarkusTest
class ExportLawsApiTest {

    private static final String UNEMBED = "update document set embedded_version = null where id = ?";
    private static final String EMBED = "update document set embedded_version = version where id = ?";
    private static final String PUT =
            "update document set version = version + 1, embedded_version = null, content = ? where id = ?";
    private static final String NO_CHUNKS = "delete from chunk where document_id = ?";
    private static final String CHUNK = """
            insert into chunk (document_id, ordinal, start_offset, end_offset, embedding)
            values (?, ?, ?, ?, cast(repeat('7', 256) as bytea))
            """;
    private static final String WAITING = """
            select pid from pg_stat_activity
            where wait_event_type = 'Lock' and application_name = 'tandem' and datname = current_database()
              and query like '%chunk%'
            """;

    @Inject
    World world;

    private interface Change {
        void make(Connection connection, UUID document) throws SQLException;
    }

    @Test
    void anEmbeddingThatComesInBetweenIsNotTheCallersVector() throws Exception {
        Collection collection = world.collection(CollectionSamples.fakeModel());
        UUID document = embedded(collection, "made of words");
        Database.execute(NO_CHUNKS, document);
        Database.execute(UNEMBED, document);
        assertOneState(collection, document, (connection, id) -> {
            Database.execute(connection, CHUNK, id, 0, 0, 13);
            Database.execute(connection, EMBED, id);
        });
    }

    @Test
    void aNewTextThatComesInBetweenTakesNoChunksAway() throws Exception {
        Collection collection = world.collection(CollectionSamples.fakeModel());
        UUID document = embedded(collection, "made of words");
        assertOneState(collection, document, (connection, id) -> {
            Database.execute(connection, NO_CHUNKS, id);
            Database.execute(connection, PUT, "something else", id);
        });
    }

    @Test
    void aLongerTextWithItsChunksThatComesInBetweenCutsNothing() throws Exception {
        Collection collection = world.collection(CollectionSamples.fakeModel());
        UUID document = embedded(collection, "made of words");
        assertOneState(collection, document, (connection, id) -> {
            Database.execute(connection, NO_CHUNKS, id);
            Database.execute(connection, PUT, "made of many more words than before", id);
            Database.execute(connection, CHUNK, id, 0, 0, 20);
            Database.execute(connection, CHUNK, id, 1, 13, 35);
            Database.execute(connection, EMBED, id);
        });
    }

    @Test
    void aReadWhoseConnectionIsLostIsDoneAgain() throws Exception {
        Collection collection = world.collection(CollectionSamples.fakeModel());
        embedded(collection, "made of words");
        String before = export(collection);
        CompletableFuture<String> during;
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.execute(other, "lock table chunk in access exclusive mode");
            during = CompletableFuture.supplyAsync(() -> export(collection));
            List<Object> waiting = waiting(List.of());
            for (Object pid : waiting) {
                Database.execute("select pg_terminate_backend(?)", pid);
            }
            waiting(waiting);
        }
        assertThat(during.join()).isEqualTo(before);
    }

    /** Those who wait for the chunks, when others do than before. */
    private static List<Object> waiting(List<Object> before) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Database.column(WAITING).stream()
                                .filter(pid -> !before.contains(pid))
                                .toList(),
                        pids -> !pids.isEmpty());
    }

    private UUID embedded(Collection collection, String content) {
        Document document = world.put(collection, "a", content);
        world.settle(collection);
        return document.id();
    }

    /** The change is committed when the export has begun to read and is on its way to the chunks. */
    private static void assertOneState(Collection collection, UUID document, Change change) throws Exception {
        String before = export(collection);
        CompletableFuture<String> during;
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.execute(other, "lock table chunk in access exclusive mode");
            during = CompletableFuture.supplyAsync(() -> export(collection));
            waiting(List.of());
            change.make(other, document);
            other.commit();
        }
        String exported = during.join();
        String after = export(collection);
        assertThat(after).isNotEqualTo(before);
        assertThat(exported).isIn(before, after);
    }

    private static String export(Collection collection) {
        return given().urlEncodingEnabled(false)
                .get(documents(collection.name()) + ":export?include=chunks,vectors")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
