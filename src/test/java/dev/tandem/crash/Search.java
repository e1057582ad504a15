package dev.tandem.crash;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;

/** Searches of one collection on one replica, as a caller would make them. Answers are keys, best first. */
final class Search {

    static final int LARGEST_LIMIT = 1_000;

    private final PackagedService replica;
    private final String collection;

    Search(PackagedService replica, String collection) {
        this.replica = replica;
        this.collection = collection;
    }

    /** The documents that have any of the words. */
    List<String> byWords(Collection<String> words) throws IOException, InterruptedException {
        return keys(keywords(String.join(" ", words)));
    }

    /** The documents whose metadata matches. */
    List<String> byFilter(JsonObject filter) throws IOException, InterruptedException {
        return keys(keywords(Words.COMMON).put("filter", filter));
    }

    /** The documents whose metadata has any of the numbers. */
    List<String> byNumbers(Collection<Integer> numbers) throws IOException, InterruptedException {
        return byFilter(new JsonObject().put("n", new JsonObject().put("$in", new JsonArray(List.copyOf(numbers)))));
    }

    List<String> byVector(JsonArray vector, int limit) throws IOException, InterruptedException {
        return keys(new JsonObject().put("vector", vector).put("mode", "vector").put("limit", limit));
    }

    List<String> byMeaning(String text, int limit) throws IOException, InterruptedException {
        return keys(new JsonObject().put("query", text).put("mode", "vector").put("limit", limit));
    }

    private static JsonObject keywords(String query) {
        return new JsonObject().put("query", query).put("mode", "keyword").put("limit", LARGEST_LIMIT);
    }

    /** @throws IllegalStateException if the answer is not a search's */
    List<String> keys(JsonObject question) throws IOException, InterruptedException {
        HttpResponse<String> answer = replica.send(
                "POST",
                "/v1/collections/" + collection + "/search",
                question.put("include", new JsonArray()).encode());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(question + " was answered " + answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body())
                .getJsonArray("items").stream()
                        .map(hit -> ((JsonObject) hit).getString("key"))
                        .toList();
    }
}
