package dev.tandem.bench.peers;

import io.vertx.core.json.JsonArray;

/** Vectors as engines take them. */
public final class Json {

    private Json() {}

    public static JsonArray of(float[] vector) {
        JsonArray array = new JsonArray();
        for (float number : vector) {
            array.add(number);
        }
        return array;
    }
}
