package dev.tandem.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.remote.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What OpenSearch's answers mean: JSON, or a failure by name. */
final class Answer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int LONGEST_REASON = 300;

    private Answer() {}

    /** The JSON of a successful answer. */
    static JsonNode read(Reply reply) {
        JsonNode json = json(reply);
        if (!reply.isSuccess()) {
            throw failure(reply.status(), json.path("error"), reply.retryAfter());
        }
        if (!json.isObject()) {
            throw junk();
        }
        return json;
    }

    private static JsonNode json(Reply reply) {
        try {
            JsonNode json = JSON.readTree(reply.body().getBytes());
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            if (reply.isSuccess()) {
                throw junk();
            }
            // What stands before OpenSearch says it in its own way.
            return MissingNode.getInstance();
        }
    }

    /** A part of an answer that every such answer has. */
    static JsonNode part(JsonNode answer, String name) {
        JsonNode part = answer.path(name);
        if (part.isMissingNode()) {
            throw junk();
        }
        return part;
    }

    /** The hits of a search that all shards have answered in time. */
    static JsonNode hits(JsonNode search) {
        if (search.has("error")) {
            throw failure(search.path("status").asInt(), search.path("error"), Optional.empty());
        }
        requireShards(search);
        if (part(search, "timed_out").asBoolean()) {
            throw away("It did not finish a search in time.");
        }
        JsonNode found = part(search, "hits");
        // An answer of which only parts are asked for has no empty list.
        boolean isNothing = found.path("max_score").isNull() && !found.has("hits");
        return isNothing ? JSON.createArrayNode() : part(found, "hits");
    }

    /** How many documents match a search that was asked to count them all. */
    static long total(JsonNode search) {
        JsonNode total = part(part(search, "hits"), "total");
        if (!part(total, "value").isIntegralNumber()
                || !part(total, "relation").asText().equals("eq")) {
            throw junk();
        }
        return total.path("value").asLong();
    }

    static void requireShards(JsonNode answer) {
        JsonNode shards = part(answer, "_shards");
        if (part(shards, "failed").asInt() > 0) {
            JsonNode reason = shards.path("failures").path(0).path("reason");
            throw failure(500, reason, Optional.empty());
        }
    }

    /** @param error as OpenSearch describes it; it may be missing */
    static RuntimeException failure(int status, JsonNode error, Optional<Duration> pause) {
        List<String> types = error.findValuesAsText("type");
        if (types.contains("index_not_found_exception")) {
            return new IndexMissing();
        }
        if (types.stream().anyMatch(type -> type.contains("too_many") && type.contains("clauses"))) {
            return new Refusal.Rejected(
                    "",
                    "engine.query_too_large",
                    "OpenSearch does not take so many words and conditions at once. Ask for less, or let the cluster's"
                            + " setting indices.query.bool.max_clause_count be raised.");
        }
        String said = "It answered with status " + status + reason(error, types);
        if (status == 429) {
            return busy(said, pause);
        }
        if (status == 503 && types.contains("search_phase_execution_exception")) {
            return new ShardsMissing(away(said));
        }
        boolean isAway = status >= 500 || status == 408 || status == 401 || status == 403;
        return isAway
                ? away(said)
                : new Refusal.Unavailable("engine.refused", "OpenSearch refuses. " + sentence(said), RETRY_AFTER);
    }

    private static String reason(JsonNode error, List<String> types) {
        if (types.isEmpty()) {
            return ".";
        }
        String reason = error.path("reason").asText();
        String cut = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
        return ": " + types.getFirst() + ", " + cut;
    }

    private static String sentence(String said) {
        return said.endsWith(".") ? said : said + ".";
    }

    static Refusal.Unavailable busy(String said, Optional<Duration> pause) {
        return new Refusal.Unavailable(
                "engine.busy", "OpenSearch is busy. " + sentence(said), pause.orElse(RETRY_AFTER));
    }

    static Refusal.Unavailable away(String said) {
        return new Refusal.Unavailable(
                "engine.unavailable", "OpenSearch is not available. " + sentence(said), RETRY_AFTER);
    }

    static Refusal.Unavailable junk() {
        return away("Its answer is not what was asked for, or only half of it.");
    }
}
