package dev.tandem.index.pinecone;

import io.vertx.core.json.JsonObject;

/**
 * Says that a store exists, and which client has written last.
 *
 * @param writer the client
 * @param version the version of the write with which the client, or its present claim, began
 */
record Marker(String writer, long version) {

    private static final String FORMAT = "1";

    static Marker of(JsonObject record) {
        JsonObject metadata = record.getJsonObject("metadata", new JsonObject());
        return new Marker(metadata.getString("writer", ""), Long.parseLong(metadata.getString("version", "0")));
    }

    JsonObject metadata() {
        return JsonObject.of("writer", writer, "version", Long.toString(version), "format", FORMAT);
    }
}
