package dev.tandem.bench.peers;

import java.io.IOException;
import java.util.List;

/** An engine that takes part in a comparison. */
interface Peer extends AutoCloseable {

    String name();

    @Override
    void close() throws InterruptedException;

    /** One that is asked for the nearest vectors. */
    interface OfVectors extends Peer {

        /** Stores all vectors, and returns when searches find them. */
        void load(Vectors vectors) throws IOException, InterruptedException;

        /**
         * The numbers of the vectors that it finds nearest.
         *
         * @param isFiltered whether only those of {@link Vectors#FROM} or later are wanted
         */
        List<Integer> nearest(float[] query, boolean isFiltered) throws IOException, InterruptedException;
    }

    /** One that is asked for texts with some words. */
    interface OfWords extends Peer {

        /** Stores all texts with their vectors, and returns when searches find them. */
        void load(Words words) throws IOException, InterruptedException;

        /** The numbers of the texts that have any of the words, best first. */
        List<Integer> matching(String question) throws IOException, InterruptedException;

        /** The numbers of the texts that have any of the words or are near the vector, best first. */
        List<Integer> matching(String question, float[] vector) throws IOException, InterruptedException;
    }
}
