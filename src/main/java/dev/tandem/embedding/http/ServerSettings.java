package dev.tandem.embedding.http;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.embedding.http.ServersConfig.Server;
import dev.tandem.remote.RemoteOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");
    private static final int FEWEST_TOKENS = 16;
    /** What most models add to a text: a token at its beginning, and one at its end. */
    private static final int SPECIAL_TOKENS = 2;
    /** The longest text of a number in JSON that a server writes for one component. */
    private static final int BYTES_A_COMPONENT = 32;

    private static final int LARGEST_ANSWER = 64 << 20;

    /** @throws IllegalStateException naming the setting that is wrong, and no secret */
    static ServerSettings of(String name, Server server) {
        require(
                NAME.matcher(name).matches() && !name.equals(EmbeddingSettings.NONE),
                name,
                null,
                "a name has 1 to 64 lower-case letters, digits, dots, hyphens and underscores, and is not 'none'");
        URI url = server.url();
        require(
                ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                name,
                "url",
                "it must be an address that begins with http:// or https://");
        require(
                url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
                name,
                "url",
                "it must have no user, no query and no fragment; a secret belongs into 'key'");
        int dimensions = server.dimensions().orElse(0);
        require(
                dimensions <= MOST_DIMENSIONS
                        && (dimensions > 0 || server.dimensions().isEmpty()),
                name,
                "dimensions",
                "they are from 1 to " + MOST_DIMENSIONS);
        require(dimensions > 0 || !server.sendDimensions(), name, "send-dimensions", "it needs 'dimensions'");
        int prefix =
                WordCount.INSTANCE.tokenize(server.documentPrefix().orElse("")).count();
        int room = server.maxTokens() - SPECIAL_TOKENS - prefix;
        require(
                room >= FEWEST_TOKENS,
                name,
                "max-tokens",
                "beside the prefix and two special tokens, there must be room for " + FEWEST_TOKENS + " tokens");
        requireTime(server.timeout(), name, "timeout");
        requireTime(server.queryTimeout(), name, "query-timeout");
        require(server.key().isEmpty() || server.keyFile().isEmpty(), name, "key-file", "'key' is set too");
        return new ServerSettings(name, server.model().orElse(name), dimensions, room, server);
    }

    private static void requireTime(Duration time, String name, String setting) {
        require(time.toMillis() > 0 && time.toHours() < 1, name, setting, "it is more than 0 and less than an hour");
    }

    private static void require(boolean holds, String name, @Nullable String setting, String rule) {
        if (!holds) {
            throw wrong(name, setting, rule);
        }
    }

    /** @param setting null if the name itself is wrong */
    static IllegalStateException wrong(String name, @Nullable String setting, String rule) {
        String where = setting == null ? name : name + "." + setting;
        return new IllegalStateException(
                "The setting tandem.embedding.servers.%s is wrong: %s.".formatted(where, rule));
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
