package dev.tandem.bench.peers;

import io.vertx.core.json.JsonArray;

/** Vectors as engines take them. */
final class Json {

    private Json() {}

    static JsonArray of(float[] vector) {
        JsonArray array = new JsonArray();
        for (float number : vector) {
            array.add(number);
        }
        return array;
    }
}
