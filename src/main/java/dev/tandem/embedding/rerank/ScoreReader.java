package dev.tandem.embedding.rerank;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.remote.UnusableAnswer;
import java.io.IOException;
import java.util.BitSet;

/** Reads the scores of an answer and believes none of it: each text has one score that is a finite number, at its index. */
final class ScoreReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            // Some servers write it; it is then known what is wrong with the score.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ScoreReader() {}

    /** The scores in the order of the texts. */
    static double[] read(RerankProtocol protocol, byte[] answer, int texts) throws UnusableAnswer {
        JsonNode ranks = ranks(protocol, tree(answer));
        require(ranks.size() == texts, "It has %d scores for %d texts.".formatted(ranks.size(), texts));
        double[] scores = new double[texts];
        BitSet seen = new BitSet(texts);
        for (JsonNode rank : ranks) {
            int index = index(rank.path("index"), texts);
            require(
                    index >= 0 && !seen.get(index),
                    "The indexes of the scores are not those of the texts, from 0 to %d, once each."
                            .formatted(texts - 1));
            seen.set(index);
            scores[index] = score(rank.path(protocol.score()));
        }
        return scores;
    }

    private static JsonNode tree(byte[] answer) throws UnusableAnswer {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            // The message of the parser repeats the answer.
            throw new UnusableAnswer("It is no complete JSON.");
        }
    }

    private static JsonNode ranks(RerankProtocol protocol, JsonNode answer) throws UnusableAnswer {
        return switch (protocol) {
            case COHERE -> {
                JsonNode results = answer.has("results") ? answer.path("results") : answer.path("data");
                require(results.isArray(), "It has no list 'results'.");
                yield results;
            }
            case TEI -> {
                require(answer.isArray(), "It is no list.");
                yield answer;
            }
        };
    }

    /** -1 if it is none. */
    private static int index(JsonNode said, int texts) {
        boolean isIndex = said.isIntegralNumber() && said.canConvertToInt();
        return isIndex && said.intValue() < texts ? said.intValue() : -1;
    }

    private static double score(JsonNode said) throws UnusableAnswer {
        require(said.isNumber() && Double.isFinite(said.doubleValue()), "A score is no finite number.");
        return said.doubleValue();
    }

    private static void require(boolean holds, String sentence) throws UnusableAnswer {
        if (!holds) {
            throw new UnusableAnswer(sentence);
        }
    }
}
