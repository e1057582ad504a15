package dev.tandem.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * A request that asks for one feature, beside the plain request that is the same but for that. To measure another feature, add it to {@link #all}.
 *
 * @param name in the table
 * @param plain the name of the request that it is compared with; its own name if it is plain itself
 * @param path of the request
 * @param body for several questions, of which most requests ask the first
 * @param goesOn whether the same request comes first, and this one asks for the page behind its answer; only this one is measured
 */
record Feature(String name, String plain, String path, Function<List<String>, JsonObject> body, boolean goesOn) {

    static final int MOST_QUESTIONS = 8;

    private static final String NEAR =
            "{\"spot\": {\"$near\": {\"point\": {\"lat\": 48.9, \"lon\": 12.1}, \"radius\": 60000}}}";
    private static final String ELEMENT =
            "{\"steps\": {\"$elemMatch\": {\"tool\": \"pan\", \"minutes\": {\"$lt\": 10}}}}";
    private static final String WRITTEN_OUT = """
            {"syntax": "plain", "fuzzy": "off", "prefix": false, "limit": 10, "include": ["document"], "explain": false, "degrade": false}""";

    private Feature(String name, String plain, String path, Function<List<String>, JsonObject> body) {
        this(name, plain, path, body, false);
    }

    /**
     * Every feature, those that are plain included.
     *
     * @param collection of documents that never expire
     * @param expiring has the same documents, and they expire some day
     */
    static List<Feature> all(String collection, String expiring) {
        return List.of(
                keyword(collection, "keywords", "{}"),
                keyword(collection, "the same, once more", "{}"),
                keyword(collection, "every default written out", WRITTEN_OUT),
                keyword(collection, "`fuzzy`", "{\"fuzzy\": \"auto\"}"),
                keyword(collection, "`prefix`", "{\"prefix\": true}"),
                keyword(collection, "`highlights`", "{\"include\": [\"document\", \"highlights\"]}"),
                keyword(
                        collection,
                        "`highlights`, `fuzzy`",
                        "{\"fuzzy\": \"auto\", \"include\": [\"document\", \"highlights\"]}"),
                keyword(collection, "filter `year`, `$gte`", "{\"filter\": {\"year\": {\"$gte\": 2010}}}"),
                keyword(collection, "filter `$near`", "{\"filter\": " + NEAR + "}"),
                keyword(collection, "filter `$elemMatch`", "{\"filter\": " + ELEMENT + "}"),
                keyword(collection, "`groupBy`", "{\"groupBy\": {\"field\": \"year\", \"size\": 2}}"),
                keyword(collection, "`facets`, `top`", "{\"facets\": {\"kind\": {\"top\": 10}}}"),
                keyword(collection, "`facets`, `interval`", "{\"facets\": {\"price\": {\"interval\": 10}}}"),
                keyword(collection, "`total`", "{\"total\": true}"),
                keyword(collection, "`pages`", "{\"pages\": true}"),
                keyword(collection, "`pages`, the second", "{\"pages\": true}").goingOn(),
                keyword(expiring, "documents that expire", "{}"),
                hybrid(collection, "hybrid", "{}"),
                hybrid(collection, "`include` of titles", "{\"include\": [\"title\"]}"),
                hybrid(collection, "`passages`", "{\"passages\": {\"perDocument\": 3, \"around\": 1}}"),
                hybrid(
                        collection,
                        "`passages`, `budget`",
                        "{\"passages\": {\"perDocument\": 3, \"around\": 1}, \"budget\": {\"tokens\": 2000}}"),
                hybrid(collection, "`diversity`", "{\"diversity\": {\"lambda\": 0.5}}"),
                hybrid(collection, "`groupBy`", "{\"groupBy\": {\"field\": \"year\", \"size\": 2}}"),
                hybrid(collection, "`facets`, `top`", "{\"facets\": {\"kind\": {\"top\": 10}}}"),
                hybrid(collection, "`pages`", "{\"pages\": true}"),
                hybrid(collection, "`pages`, the second", "{\"pages\": true}").goingOn(),
                new Feature("two collections", "hybrid", "/v1/search", questions -> new JsonObject()
                        .put("collections", new JsonArray().add(collection).add(expiring))
                        .put("query", questions.getFirst())),
                new Feature(
                        "`search:batch` of " + MOST_QUESTIONS,
                        "hybrid",
                        path(collection, "/search:batch"),
                        questions -> new JsonObject().put("searches", searches(questions))),
                vector(collection, "vectors", "{}"),
                new Feature(
                        "`like` a document",
                        "vectors",
                        path(collection, "/search"),
                        questions -> new JsonObject("{\"like\": [{\"key\": \"key-5\"}]}")),
                new Feature(
                        "`like`, `unlike`",
                        "vectors",
                        path(collection, "/search"),
                        questions -> new JsonObject(
                                "{\"like\": [{\"key\": \"key-5\"}, {\"key\": \"key-6\"}], \"unlike\": [{\"key\": \"key-7\"}]}")),
                vector(expiring, "documents that expire", "{}"),
                list(collection, "a list of 50", "{}"),
                list(collection, "`sort` by metadata", "{\"sort\": \"-metadata.year,title\"}"),
                list(collection, "filter `year`, `$gte`", "{\"filter\": {\"year\": {\"$gte\": 2010}}}"),
                list(collection, "filter `$near`", "{\"filter\": " + NEAR + "}"),
                list(collection, "filter `$elemMatch`", "{\"filter\": " + ELEMENT + "}"),
                list(expiring, "documents that expire", "{}"));
    }

    private static Feature keyword(String collection, String name, String fields) {
        return search(collection, name, "keywords", "keyword", fields);
    }

    private static Feature hybrid(String collection, String name, String fields) {
        return search(collection, name, "hybrid", "hybrid", fields);
    }

    private static Feature vector(String collection, String name, String fields) {
        return search(collection, name, "vectors", "vector", fields);
    }

    private static Feature search(String collection, String name, String plain, String mode, String fields) {
        return new Feature(name, plain, path(collection, "/search"), questions -> new JsonObject(fields)
                .put("query", questions.getFirst())
                .put("mode", mode));
    }

    private static Feature list(String collection, String name, String fields) {
        return new Feature(
                name, "a list of 50", path(collection, "/documents:query"), questions -> new JsonObject(fields)
                        .put("limit", 50));
    }

    private static JsonArray searches(List<String> questions) {
        JsonArray searches = new JsonArray();
        questions.forEach(question -> searches.add(new JsonObject().put("query", question)));
        return searches;
    }

    private static String path(String collection, String rest) {
        return "/v1/collections/" + collection + rest;
    }

    private Feature goingOn() {
        return new Feature(name, plain, path, body, true);
    }

    boolean isPlain() {
        return name.equals(plain);
    }
}
