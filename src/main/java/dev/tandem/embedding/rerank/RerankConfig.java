package dev.tandem.embedding.rerank;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Servers that rerank. */
@ConfigMapping(prefix = "tandem.rerank")
public interface RerankConfig {

    /** The servers, by the name that searches use for the reranker. */
    Map<String, Server> servers();

    /** One reranker of one server. */
    interface Server {

        /** The address that {@code /rerank} is appended to, such as {@code http://localhost:8000/v1}. */
        URI url();

        /** What requests and answers look like. */
        @WithDefault("cohere")
        RerankProtocol protocol();

        /** What the server calls the model; by default it has the name of the settings. */
        Optional<String> model();

        /** The secret that the server asks for. */
        Optional<String> key();

        /** The file with the secret. It is read again when the server refuses the secret. */
        Optional<Path> keyFile();

        /** The most texts in one request; by default as many as servers of the protocol usually take. */
        @Positive
        OptionalInt batchSize();

        /** How much of a hit's text is sent, and of a query, in characters. */
        @WithDefault("2000")
        int textCharacters();

        /** How long the reranking of one search may take. */
        @WithDefault("5s")
        Duration timeout();

        /** How many requests are under way at once. */
        @WithDefault("4")
        @Positive
        int concurrency();

        /** How many requests may wait beside those under way; the next one is refused. */
        @WithDefault("64")
        @Positive
        int queue();
    }
}
