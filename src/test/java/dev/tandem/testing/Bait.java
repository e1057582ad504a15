package dev.tandem.testing;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import java.sql.SQLException;

/** Keeps the service's own worker busy with a document that never ends, so that all other embedding tasks belong to the test alone. */
public final class Bait implements AutoCloseable {

    private final World world;
    private final FakeEmbedder second;
    private final Collection collection;

    /** @param second the model that is held until this is closed */
    public Bait(World world, FakeEmbedder second) throws SQLException {
        this.world = world;
        this.second = second;
        this.collection = world.collection(CollectionSamples.secondFakeModel());
        second.hold();
        Document bait = world.put(collection, "bait", "bait");
        await().atMost(PATIENCE)
                .until(() -> Database.number(
                                "select count(*) from embedding_task where document_id = ? and attempts = 1", bait.id())
                        == 1);
    }

    @Override
    public void close() {
        second.reset();
        world.delete(collection);
    }
}
