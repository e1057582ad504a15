package dev.tandem.crash;

import io.vertx.core.json.JsonObject;

/**
 * A state of a test document.
 *
 * @param word the own word of its text, which no other version of any document has
 * @param number a metadata value that no other version has
 */
record Version(String word, int number) {

    /** The state of a document that does not exist. */
    static final Version GONE = new Version("", 0);

    boolean exists() {
        return !equals(GONE);
    }

    /** The body of a PUT that makes a document so. */
    JsonObject body(String collection, String key) {
        JsonObject body = new JsonObject()
                .put("content", Words.text(word))
                .put("metadata", new JsonObject().put("n", number).put("bucket", bucket(key)));
        return collection.equals(Cluster.OWN) ? body.put("vector", Words.vector(word)) : body;
    }

    /** A metadata value that a few hundred documents share, and that tells which they are. */
    static int bucket(String key) {
        return Math.floorMod(key.hashCode() * 31, Trail.BUCKETS);
    }
}
