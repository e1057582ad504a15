package dev.tandem.index.pinecone;

import io.vertx.core.json.JsonObject;

/**
 * What the engine knows of a document as a whole. Before a passage with a higher ordinal than ever is written, the head says so; after the
 * last one is written, the head says that it is whole. So no passage is ever forgotten, whenever a write ends.
 *
 * @param version of the write
 * @param stamp of the document; 0 unless it is whole
 * @param bound greater than the ordinal of every passage that may exist
 * @param isWhole whether all passages were written
 */
record Head(long version, long stamp, int bound, boolean isWhole) {

    static Head of(JsonObject record) {
        JsonObject metadata = record.getJsonObject("metadata", new JsonObject());
        return new Head(
                Long.parseLong(metadata.getString("version", "0")),
                Long.parseLong(metadata.getString("stamp", "0")),
                metadata.getNumber("bound", 0).intValue(),
                metadata.getBoolean("whole", false));
    }

    static Head unfinished(long version, int bound) {
        return new Head(version, 0, bound, false);
    }

    /** Pinecone's numbers are doubles, which do not hold every long. */
    JsonObject metadata() {
        return JsonObject.of(
                "version", Long.toString(version), "stamp", Long.toString(stamp), "bound", bound, "whole", isWhole);
    }
}
