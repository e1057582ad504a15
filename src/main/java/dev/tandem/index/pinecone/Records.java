package dev.tandem.index.pinecone;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.index.Shape;
import dev.tandem.index.pinecone.http.DataPlane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of Pinecone for one shape. */
record Records(Shape shape) {

    /** Pinecone refuses a vector of zeros. One that is so close to it differs in no similarity. */
    private static final float ALMOST_ZERO = 1e-30f;

    /** Whether the vector has a place. One that has none was refused long before; if one appears all the same, it is left out. */
    boolean takes(Vector vector) {
        return vector.dimensions() == shape.dimensions() && shape.metric().takes(vector);
    }

    /** As Pinecone gets it: a cosine does not depend on the length, which may be more than Pinecone can compute with. */
    float[] stored(Vector vector) {
        float[] stored = shape.metric() == Metric.COSINE ? vector.normalized().toArray() : vector.toArray();
        if (vector.length() == 0) {
            stored[0] = ALMOST_ZERO;
        }
        return stored;
    }

    /** A vector for records that have none. */
    float[] anyVector() {
        float[] vector = new float[shape.dimensions()];
        vector[0] = 1;
        return vector;
    }

    Buffer head(UUID id, Head head) {
        return record(id.toString(), anyVector(), head.metadata().toBuffer());
    }

    Buffer anchor(JsonObject metadata) {
        return record(Place.ANCHOR, anyVector(), metadata.toBuffer());
    }

    /** @param metadata as JSON */
    static Buffer record(String id, float[] vector, Buffer metadata) {
        return Buffer.buffer("{\"id\":\"")
                .appendString(id)
                .appendString("\",\"values\":")
                .appendBuffer(DataPlane.values(vector).toBuffer())
                .appendString(",\"metadata\":")
                .appendBuffer(metadata)
                .appendString("}");
    }

    static String passageId(UUID id, int ordinal) {
        return passagePrefix(id) + ordinal;
    }

    static String passagePrefix(UUID id) {
        return id + "#";
    }

    /** A passage by its id; null for the {@link Place#ANCHOR}. */
    static @Nullable Passage passage(String recordId) {
        if (recordId.equals(Place.ANCHOR)) {
            return null;
        }
        int hash = recordId.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("not the id of a passage");
        }
        return new Passage(
                UUID.fromString(recordId.substring(0, hash)), Integer.parseInt(recordId.substring(hash + 1)));
    }

    record Passage(UUID documentId, int ordinal) {

        String recordId() {
            return passageId(documentId, ordinal);
        }
    }
}
