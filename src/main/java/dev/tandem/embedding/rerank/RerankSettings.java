package dev.tandem.embedding.rerank;

import dev.tandem.embedding.rerank.RerankConfig.Server;
import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.ServerKey;
import dev.tandem.remote.ServerRules;
import java.util.Map;

/**
 * The checked settings of one server.
 *
 * @param rules with the name of the reranker in Tandem
 * @param model the server's name for it
 * @param batchSize the most texts in one request
 */
record RerankSettings(ServerRules rules, String model, int batchSize, Server server) {

    private static final String GROUP = "tandem.rerank.servers.";
    private static final int FEWEST_CHARACTERS = 100;
    private static final int MOST_CHARACTERS = 10_000;
    /** Some servers repeat the texts, and a character may take that much in JSON. */
    private static final int BYTES_A_CHARACTER = 6;

    private static final int LARGEST_ANSWER = 64 << 20;

    /** @throws IllegalStateException naming the setting that is wrong, and no secret */
    static RerankSettings of(String name, Server server) {
        ServerRules rules = new ServerRules(GROUP, name);
        rules.requireName(null);
        rules.requireAddress(server.url());
        rules.require(
                server.textCharacters() >= FEWEST_CHARACTERS && server.textCharacters() <= MOST_CHARACTERS,
                "text-characters",
                "they are from " + FEWEST_CHARACTERS + " to " + MOST_CHARACTERS);
        rules.requireTime(server.timeout(), "timeout");
        rules.requireOneKey(server.key(), server.keyFile());
        return new RerankSettings(
                rules,
                server.model().orElse(name),
                server.batchSize().orElse(server.protocol().batchSize()),
                server);
    }

    String name() {
        return rules.name();
    }

    /** The secret, read from its file if it has one. */
    ServerKey key() {
        return ServerKey.of(rules, server.key(), server.keyFile());
    }

    RemoteOptions options() {
        long largest = (1L << 20) + (long) batchSize * server.textCharacters() * BYTES_A_CHARACTER;
        return new RemoteOptions(server.url(), Map.of(), server.timeout(), server.concurrency(), server.queue(), (int)
                Math.min(LARGEST_ANSWER, largest));
    }

    /** Without the settings, which contain a secret. */
    @Override
    public String toString() {
        return "RerankSettings[" + name() + "]";
    }
}
