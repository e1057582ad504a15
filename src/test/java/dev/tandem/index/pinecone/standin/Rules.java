package dev.tandem.index.pinecone.standin;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request may contain, as Pinecone's OpenAPI document and its list of limits say. */
final class Rules {

    static final int MOST_BYTES = 2_000_000;
    static final int MOST_METADATA = 40_000;
    static final int MOST_RECORDS = 1_000;
    static final int MOST_LISTED = 100;
    static final int LARGEST_ANSWER = 4_000_000;

    private Rules() {}

    static void onlyHas(JsonObject object, String... members) {
        for (String name : object.fieldNames()) {
            Refused.unless(List.of(members).contains(name), "Unknown field: " + name);
        }
    }

    static void onlyHas(MultiMap parameters, String... names) {
        for (String name : parameters.names()) {
            Refused.unless(List.of(names).contains(name), "Unknown parameter: " + name);
        }
    }

    static String id(@Nullable Object value) {
        Refused.unless(
                value instanceof String id
                        && !id.isEmpty()
                        && id.length() <= 512
                        && id.chars().allMatch(c -> c > 0 && c < 128),
                "An id is a text of 1 to 512 ASCII characters.");
        return (String) value;
    }

    static String namespace(@Nullable Object value) {
        Refused.unless(value instanceof String name && !name.isEmpty() && name.length() <= 512, "Name a namespace.");
        return (String) value;
    }

    static List<String> ids(@Nullable JsonArray ids) {
        Refused.unless(ids != null && !ids.isEmpty() && ids.size() <= MOST_RECORDS, "1 to 1000 ids, please.");
        return ids.stream().map(Rules::id).toList();
    }

    static float[] vector(@Nullable Object values, int dimension) {
        Refused.unless(
                values instanceof JsonArray list && list.size() == dimension,
                "Vector dimension does not match the dimension of the index " + dimension + ".");
        JsonArray list = (JsonArray) values;
        float[] vector = new float[dimension];
        boolean hasDirection = false;
        for (int i = 0; i < dimension; i++) {
            Refused.unless(list.getValue(i) instanceof Number, "A component is not a number.");
            vector[i] = ((Number) list.getValue(i)).floatValue();
            Refused.unless(Float.isFinite(vector[i]), "A component is not finite.");
            hasDirection |= vector[i] != 0;
        }
        Refused.unless(hasDirection, "Dense vectors must contain at least one non-zero value.");
        return vector;
    }

    static JsonObject metadata(@Nullable Object value) {
        if (value == null) {
            return new JsonObject();
        }
        Refused.unless(value instanceof JsonObject, "Metadata is an object.");
        JsonObject metadata = (JsonObject) value;
        int bytes = metadata.toBuffer().length();
        Refused.unless(bytes <= MOST_METADATA, "Metadata size is %d bytes, which exceeds 40 KB.".formatted(bytes));
        for (String name : metadata.fieldNames()) {
            Refused.unless(!name.startsWith("$"), "A name in metadata begins with $.");
            Refused.unless(isMetadata(metadata.getValue(name)), "Metadata value of " + name + " is not supported.");
        }
        return metadata;
    }

    private static boolean isMetadata(@Nullable Object value) {
        return value instanceof String
                || value instanceof Boolean
                || (value instanceof Number number && Double.isFinite(number.doubleValue()))
                || (value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance));
    }

    static int number(@Nullable Object value, int most, String name) {
        Refused.unless(
                value instanceof Integer number && number >= 1 && number <= most, name + " must be 1 to " + most + ".");
        return (Integer) value;
    }

    static int limit(MultiMap parameters) {
        String limit = parameters.get("limit");
        if (limit == null) {
            return MOST_LISTED;
        }
        Refused.unless(limit.matches("[0-9]{1,9}"), "The limit is not a number.");
        return number(Integer.valueOf(limit), MOST_LISTED, "limit");
    }

    static void headers(MultiMap headers, String key, boolean hasBody) {
        if (!key.equals(headers.get("Api-Key"))) {
            throw new Refused(401, "Unauthorized");
        }
        Refused.unless("2026-04".equals(headers.get("X-Pinecone-Api-Version")), "X-Pinecone-Api-Version is required.");
        Refused.unless(
                !hasBody || Set.of("application/json").contains(String.valueOf(headers.get("Content-Type"))),
                "The content type is not JSON.");
    }
}
