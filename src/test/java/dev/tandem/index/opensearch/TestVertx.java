package dev.tandem.index.opensearch;

import io.vertx.core.Vertx;

/** One Vert.x for all tests of engines in this JVM. */
final class TestVertx {

    private static final Vertx VERTX = Vertx.vertx();

    private TestVertx() {}

    static Vertx get() {
        return VERTX;
    }
}
