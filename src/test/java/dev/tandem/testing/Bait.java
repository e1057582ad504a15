package dev.tandem.testing;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;

/**
 * Keeps the service's own worker busy with a document that never ends, so that all other embedding tasks of the model belong to the test
 * alone. The model itself answers whatever else it is asked.
 */
public final class Bait implements AutoCloseable {

    private static final String BAIT = "bait";

    private final World world;
    private final FakeEmbedder embedder;
    private final Collection collection;

    /** @param embedder the model whose one call is held until this is closed */
    public Bait(World world, FakeEmbedder embedder) {
        this.world = world;
        this.embedder = embedder;
        this.collection = world.collection(CollectionSamples.fakeModel());
        embedder.hold(BAIT);
        world.put(collection, BAIT, BAIT);
        await().atMost(PATIENCE).until(embedder::isTrapped);
    }

    @Override
    public void close() {
        embedder.reset();
        world.delete(collection);
    }
}
