package dev.tandem.embedding.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Servers that make vectors. */
@ConfigMapping(prefix = "tandem.embedding")
public interface ServersConfig {

    /** The servers, by the name that collections use for the model. */
    Map<String, Server> servers();

    /** One model of one server. */
    interface Server {

        /** The address that {@code /embeddings} is appended to, such as {@code http://localhost:11434/v1}. */
        URI url();

        /** What the server calls the model; by default it has the name of the settings. */
        Optional<String> model();

        /** The length of the vectors; by default the server is asked. */
        OptionalInt dimensions();

        /** Whether the server is told the dimensions, because the model can make vectors of several lengths. */
        @WithDefault("false")
        boolean sendDimensions();

        /** How many tokens of a text the model reads. */
        @WithDefault("512")
        @Positive
        int maxTokens();

        /** The secret that the server asks for. */
        Optional<String> key();

        /** The file with the secret. It is read again when the server refuses the secret. */
        Optional<Path> keyFile();

        /** The most texts in one request. */
        @WithDefault("32")
        @Positive
        int batchSize();

        /** The most tokens in one request, by Tandem's own count. A longer text is sent alone. */
        @WithDefault("16000")
        @Positive
        int batchTokens();

        /** How long a request with chunks may take. */
        @WithDefault("60s")
        Duration timeout();

        /** How long a request with a query may take. */
        @WithDefault("10s")
        Duration queryTimeout();

        /** How many requests with chunks are under way at once, and as many again with queries. */
        @WithDefault("4")
        @Positive
        int concurrency();

        /** How many queries may wait beside those under way; the next one is refused. */
        @WithDefault("64")
        @Positive
        int queue();

        /** What the model expects in front of a query. */
        Optional<String> queryPrefix();

        /** What the model expects in front of a chunk. */
        Optional<String> documentPrefix();
    }
}
