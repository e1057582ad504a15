package dev.tandem.crash;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** A document with one writer, which puts it on the stage, takes it off, or deletes it, and knows since when it has surely been out. */
final class RacingDocument {

    private static final long NOW = Long.MAX_VALUE;

    private final String key;
    private long outSince = Long.MIN_VALUE;
    private long outUntil = NOW;
    private String last = "not created";

    RacingDocument(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** @param choice 0 puts it on the stage, 1 takes it off, 2 deletes it */
    void change(PackagedService replica, int choice) throws Exception {
        String path = "/v1/collections/" + Cluster.OWN + "/documents/" + key;
        if (choice == 0) {
            mayComeIn();
        }
        HttpResponse<String> answer =
                choice == 2 ? replica.send("DELETE", path, null) : replica.send("PUT", path, body(choice == 0));
        if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        if (choice != 0) {
            isOut(choice == 1 ? "taken off the stage" : "deleted");
        }
    }

    private String body(boolean onStage) {
        return new JsonObject()
                .put("content", Words.COMMON)
                .put("vector", Words.vector(key))
                .put("metadata", new JsonObject().put("onStage", onStage))
                .encode();
    }

    /** Said before the request is sent: from now on it may be found. */
    private synchronized void mayComeIn() {
        if (outUntil == NOW) {
            outUntil = System.nanoTime();
        }
    }

    /** Said after the request was answered: from now on it may not be found. */
    private synchronized void isOut(String how) {
        if (outUntil != NOW) {
            outSince = System.nanoTime();
            outUntil = NOW;
            last = how;
        }
    }

    /** Whether it was deleted or off the stage from before the beginning until after the end. */
    synchronized boolean wasOutThroughout(long began, long ended) {
        return outSince < began && outUntil > ended;
    }

    @Override
    public synchronized String toString() {
        return key + ", " + last;
    }
}
