package dev.tandem.bench.peers;

import java.io.IOException;
import java.util.List;

/** An engine that takes part in the comparison. */
interface Peer extends AutoCloseable {

    String name();

    /** Stores all vectors, and returns when searches find them. */
    void load(Vectors vectors) throws IOException, InterruptedException;

    /**
     * The numbers of the vectors that it finds nearest.
     *
     * @param isFiltered whether only those of {@link Vectors#FROM} or later are wanted
     */
    List<Integer> nearest(float[] query, boolean isFiltered) throws IOException, InterruptedException;

    @Override
    void close() throws InterruptedException;
}
