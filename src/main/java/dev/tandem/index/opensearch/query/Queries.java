package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.index.opensearch.shape.Names;
import java.util.Collection;

/** OpenSearch's queries, as JSON. */
final class Queries {

    private Queries() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode none() {
        ObjectNode none = object();
        none.putObject("match_none");
        return none;
    }

    static ObjectNode everything() {
        ObjectNode all = object();
        all.putObject("match_all");
        return all;
    }

    /** Matches documents but no passages. */
    static ObjectNode documents() {
        return term(Names.KIND, Names.DOCUMENT, 1);
    }

    static ObjectNode term(String field, String value, float boost) {
        ObjectNode term = object();
        ObjectNode of = term.putObject("term").putObject(field).put("value", value);
        if (boost != 1) {
            of.put("boost", boost);
        }
        return term;
    }

    static ObjectNode terms(String field, Collection<String> values) {
        ObjectNode terms = object();
        ArrayNode all = terms.putObject("terms").putArray(field);
        values.forEach(all::add);
        return terms;
    }

    static ObjectNode prefix(String field, String prefix) {
        ObjectNode query = object();
        query.putObject("prefix").putObject(field).put("value", prefix);
        return query;
    }

    /** Matches what the query does, all with this score. */
    static ObjectNode constant(ObjectNode query, float score) {
        ObjectNode constant = object();
        constant.putObject("constant_score").put("boost", score).set("filter", query);
        return constant;
    }

    /**
     * Words that are some edits away at most.
     *
     * @param same how many letters at the beginning are the same
     * @param most how many words, the closest first
     */
    static ObjectNode fuzzy(String field, String word, int same, int edits, int most, float boost) {
        ObjectNode query = object();
        query.putObject("fuzzy")
                .putObject(field)
                .put("value", word)
                .put("fuzziness", edits)
                .put("prefix_length", same)
                .put("max_expansions", most)
                .put("transpositions", true)
                .put("boost", boost);
        return query;
    }

    /** Matches what one of them does, and adds up their scores. */
    static ObjectNode either(ObjectNode one, ObjectNode other) {
        ObjectNode any = object();
        any.putObject("bool").putArray("should").add(one).add(other);
        return any;
    }

    /** Values from one bound to another. The first is one of them if it exists, the second is not. */
    static ObjectNode range(String field, String from, String to) {
        ObjectNode range = object();
        range.putObject("range").putObject(field).put("gte", from).put("lt", to);
        return range;
    }

    static ObjectNode phrase(String field, String text, float boost) {
        ObjectNode phrase = object();
        ObjectNode of = phrase.putObject("match_phrase").putObject(field).put("query", text);
        if (boost != 1) {
            of.put("boost", boost);
        }
        return phrase;
    }

    /** Scores by the best of them, and a part of the others' scores. */
    static ObjectNode best(Collection<ObjectNode> queries, float ofOthers) {
        ObjectNode best = object();
        best.putObject("dis_max")
                .put("tie_breaker", ofOthers)
                .putArray("queries")
                .addAll(queries);
        return best;
    }

    static ObjectNode filtered(Collection<? extends JsonNode> conditions) {
        ObjectNode all = object();
        all.putObject("bool").putArray("filter").addAll(conditions);
        return all;
    }

    static ObjectNode script(String source, ObjectNode params) {
        ObjectNode query = object();
        ObjectNode script = query.putObject("script").putObject("script");
        script.put("lang", "painless").put("source", source).set("params", params);
        return query;
    }
}
