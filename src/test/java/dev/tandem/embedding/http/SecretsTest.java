package dev.tandem.embedding.http;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Logged;
import dev.tandem.testing.ScriptedEmbeddings;
import dev.tandem.testing.ScriptedEmbeddings.Fault;
import dev.tandem.testing.Thorough;
import dev.tandem.work.WorkerPool;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is in one header, and in nothing that people read. */
class SecretsTest {

    private static final String KEY = "sk-scripted-0123456789";

    private final Vertx vertx = Vertx.vertx();
    private final WorkerPool pool = new WorkerPool("answer", 2, 100);
    private final ScriptedEmbeddings server = new ScriptedEmbeddings(vertx);
    private final int port = server.listen(0);

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void end() {
        server.close();
        pool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Thorough
    @Test
    void noMessageNoLogAndNoTextHasTheKey() {
        List<String> read = new ArrayList<>();
        try (Logged logged = new Logged(Level.ALL)) {
            ServerSettings settings = ServerSamples.of(port, Map.of("timeout", "200ms"));
            server.pause("");
            for (Fault fault : Fault.values()) {
                server.always(fault);
                // One each, because a server that was away is not asked again at once.
                HttpEmbedder embedder = new HttpEmbedder(vertx, settings, pool, pool);
                read.add(text(catchThrowable(() -> get(embedder.embedChunks(List.of("tea"))))));
                read.add(text(catchThrowable(() -> get(embedder.embedQuery("tea")))));
                embedder.close();
            }
            HttpEmbedder embedder = new HttpEmbedder(vertx, settings, pool, pool);
            server.always(null);
            // This server repeats the key that it refuses.
            server.key("another");
            String refused = text(catchThrowable(() -> get(embedder.embedQuery("tea"))));
            assertThat(refused).contains("401: Incorrect API key provided: Bearer ***");
            read.add(refused);
            embedder.learnDimensions();
            read.add(settings + " " + embedder + " " + settings.forChunks() + " " + settings.forQueries() + " "
                    + settings.key());
            embedder.close();
            read.addAll(logged.lines());
        }
        assertThat(read).hasSizeGreaterThan(Fault.values().length);
        assertThat(read).noneMatch(text -> text.contains(KEY));
    }

    @Test
    void aKeyThatCantBeSentIsNotRepeated() {
        for (String wrong : List.of(KEY + "\nX-Header: 1", KEY + "\u00e9", KEY + " two")) {
            assertThatThrownBy(() -> embedder(Map.of("key", wrong)))
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(failure -> assertThat(text(failure))
                            .contains("tandem.embedding.servers.scripted.key")
                            .doesNotContain(KEY));
        }
    }

    @Test
    void aKeyOfAFileIsReadAgainWhenItIsRefused() throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, "old-key\n");
        HttpEmbedder embedder = embedder(Map.of("key", "", "key-file", file.toString()));
        assertThat(text(catchThrowable(() -> get(embedder.embedQuery("tea"))))).contains("401");
        Files.writeString(file, KEY + "\n");
        assertThat(text(catchThrowable(() -> get(embedder.embedQuery("tea"))))).contains("401");
        assertThat(get(embedder.embedQuery("tea"))).isEqualTo(FakeEmbedder.vectorOf("tea"));
        server.key("newer");
        Files.delete(file);
        assertThat(text(catchThrowable(() -> get(embedder.embedQuery("tea"))))).contains("401");
        embedder.close();
    }

    @Test
    void aMissingFileEndsTheStart() {
        assertThatThrownBy(() -> embedder(
                        Map.of("key", "", "key-file", folder.resolve("none").toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tandem.embedding.servers.scripted.key-file")
                .hasMessageContaining("NoSuchFileException");
    }

    private HttpEmbedder embedder(Map<String, String> settings) {
        return new HttpEmbedder(vertx, ServerSamples.of(port, settings), pool, pool);
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
