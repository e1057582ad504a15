package dev.tandem.index.pinecone.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.work.Backoff;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Waits until queries see a write. Pinecone numbers the writes in a namespace, and each query says up to which number it sees them.
 *
 * @see <a href="https://docs.pinecone.io/guides/index-data/check-data-freshness">Check data freshness</a>
 */
public final class Freshness {

    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(10), Duration.ofMillis(500));

    private final Vertx vertx;
    private final Duration patience;

    public Freshness(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
    }

    /**
     * @param written the number of the write; 0 if nothing was written
     * @param vector any one that the index takes
     */
    public Uni<Void> await(DataPlane plane, String namespace, long written, float[] vector) {
        return written == 0
                ? Uni.createFrom().voidItem()
                : await(plane, namespace, written, vector, 1, System.nanoTime() + patience.toNanos());
    }

    private Uni<Void> await(DataPlane plane, String namespace, long written, float[] vector, int attempts, long end) {
        return plane.seen(namespace, vector).chain(seen -> {
            if (seen >= written) {
                return Uni.createFrom().voidItem();
            }
            if (System.nanoTime() - end > 0) {
                throw new Refusal.Unavailable(
                        "engine.unavailable",
                        "Pinecone has not shown a write to its queries within " + patience + ".",
                        Duration.ofSeconds(1));
            }
            return pause(PAUSES.after(attempts))
                    .chain(() -> await(plane, namespace, written, vector, attempts + 1, end));
        });
    }

    private Uni<Void> pause(Duration pause) {
        return CallerContext.keep(Uni.createFrom()
                .<Void>emitter(emitter -> vertx.setTimer(pause.toMillis(), timer -> emitter.complete(null))));
    }
}
