package dev.tandem.embedding.http;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.embedding.http.ServersConfig.Server;
import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.ServerKey;
import dev.tandem.remote.ServerRules;
import java.time.Duration;
import java.util.Map;

/**
 * The checked settings of one server.
 *
 * @param name the name of the model in Tandem
 * @param model the server's name for it
 * @param dimensions the length of its vectors; 0 if the server is to be asked
 * @param maxTokens how many tokens of a text it reads, without its special ones and without the prefix
 */
record ServerSettings(String name, String model, int dimensions, int maxTokens, Server server) {

    /** The longest vectors that collections may have. */
    static final int MOST_DIMENSIONS = 4096;

    private static final String GROUP = "tandem.embedding.servers.";
    private static final int FEWEST_TOKENS = 16;
    /** What most models add to a text: a token at its beginning, and one at its end. */
    private static final int SPECIAL_TOKENS = 2;
    /** The longest text of a number in JSON that a server writes for one component. */
    private static final int BYTES_A_COMPONENT = 32;

    private static final int LARGEST_ANSWER = 64 << 20;

    /** @throws IllegalStateException naming the setting that is wrong, and no secret */
    static ServerSettings of(String name, Server server) {
        ServerRules rules = rules(name);
        rules.requireName(EmbeddingSettings.NONE);
        rules.requireAddress(server.url());
        int dimensions = server.dimensions().orElse(0);
        rules.require(
                dimensions <= MOST_DIMENSIONS
                        && (dimensions > 0 || server.dimensions().isEmpty()),
                "dimensions",
                "they are from 1 to " + MOST_DIMENSIONS);
        rules.require(dimensions > 0 || !server.sendDimensions(), "send-dimensions", "it needs 'dimensions'");
        int prefix =
                WordCount.INSTANCE.tokenize(server.documentPrefix().orElse("")).count();
        int room = server.maxTokens() - SPECIAL_TOKENS - prefix;
        rules.require(
                room >= FEWEST_TOKENS,
                "max-tokens",
                "beside the prefix and two special tokens, there must be room for " + FEWEST_TOKENS + " tokens");
        rules.requireTime(server.timeout(), "timeout");
        rules.requireTime(server.queryTimeout(), "query-timeout");
        rules.requireOneKey(server.key(), server.keyFile());
        return new ServerSettings(name, server.model().orElse(name), dimensions, room, server);
    }

    private static ServerRules rules(String name) {
        return new ServerRules(GROUP, name);
    }

    ServerRules rules() {
        return rules(name);
    }

    /** The secret, read from its file if it has one. */
    ServerKey key() {
        return ServerKey.of(rules(), server.key(), server.keyFile());
    }

    String queryPrefix() {
        return server.queryPrefix().orElse("");
    }

    String documentPrefix() {
        return server.documentPrefix().orElse("");
    }

    RemoteOptions forChunks() {
        return options(server.timeout(), server.batchSize());
    }

    RemoteOptions forQueries() {
        return options(server.queryTimeout(), 1);
    }

    private RemoteOptions options(Duration timeout, int texts) {
        long largest = (1L << 20) + (long) texts * MOST_DIMENSIONS * BYTES_A_COMPONENT;
        return new RemoteOptions(server.url(), Map.of(), timeout, server.concurrency(), server.queue(), (int)
                Math.min(LARGEST_ANSWER, largest));
    }

    /** Without the settings, which contain a secret. */
    @Override
    public String toString() {
        return "ServerSettings[" + name + "]";
    }
}
