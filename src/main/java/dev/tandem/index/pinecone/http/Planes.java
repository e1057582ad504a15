package dev.tandem.index.pinecone.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.Shape;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All configured indexes of Pinecone. */
public final class Planes implements AutoCloseable {

    private static final String PREFIX = "tandem.engine.pinecone.";

    private final List<DataPlane> planes;

    /**
     * @param hosts each with or without a scheme
     * @param options how each one is asked
     * @throws IllegalArgumentException for a host that is none, or no hosts; the message says so
     */
    public Planes(Vertx vertx, List<String> hosts, String key, PlaneOptions options) {
        List<URI> bases = hosts.stream().map(Planes::base).toList();
        if (bases.isEmpty()) {
            throw new IllegalArgumentException(PREFIX + "hosts must name the host of an index at least.");
        }
        this.planes = bases.stream()
                .map(base -> new DataPlane(vertx, base, key, options))
                .toList();
    }

    private static URI base(String host) {
        URI base = URI.create(host.contains("://") ? host.strip() : "https://" + host.strip());
        if (base.getHost() == null) {
            throw new IllegalArgumentException(PREFIX + "hosts has an entry that is not a host: " + host);
        }
        return base;
    }

    public List<DataPlane> all() {
        return planes;
    }

    /** The first index that fits. Fails with {@link Refusal.Rejected} if no index does, and names what there is. */
    public Uni<DataPlane> of(Shape shape) {
        return of(shape, 0, new ArrayList<>(), null);
    }

    private Uni<DataPlane> of(Shape shape, int next, List<IndexKind> others, @Nullable Throwable trouble) {
        if (next == planes.size()) {
            return Uni.createFrom().failure(trouble == null ? unfit(shape, others) : trouble);
        }
        DataPlane plane = planes.get(next);
        return plane.kind()
                .chain(kind -> {
                    if (kind.fits(shape)) {
                        return Uni.createFrom().item(plane);
                    }
                    others.add(kind);
                    return of(shape, next + 1, others, trouble);
                })
                .onFailure(failure -> failure instanceof Refusal.Unavailable && failure != trouble)
                .recoverWithUni(failure -> of(shape, next + 1, others, failure));
    }

    private static Refusal.Rejected unfit(Shape shape, List<IndexKind> others) {
        return new Refusal.Rejected(
                "",
                "engine.unfit",
                "No index of Pinecone fits this collection, which needs dimension %d and metric %s. There is %s."
                        .formatted(
                                shape.dimensions(),
                                IndexKind.name(shape.metric()),
                                String.join(
                                        ", ",
                                        others.stream()
                                                .map(IndexKind::described)
                                                .toList())));
    }

    @Override
    public void close() {
        planes.forEach(DataPlane::close);
    }
}
