package dev.tandem.sync;

/** Work that goes on beside the requests, from the end of the start to the shutdown. Its priority says its place: the highest starts first and stops last. */
public interface Background {

    /** Begins. It does not wait for anything. */
    void start();

    /** Ends, and waits a limited time for what is in progress. */
    void stop();
}
