package dev.tandem.index.opensearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.remote.Reply;
import dev.tandem.remote.ServerAway;
import dev.tandem.remote.ServerBusy;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster, and makes of its answers what they mean. Every question may be asked twice. A failure is a refusal by name, or {@link
 * IndexMissing}.
 */
final class Cluster implements AutoCloseable {

    private static final Map<String, String> LINES = Map.of("Content-Type", "application/x-ndjson");
    private static final Map<String, String> OBJECT = Map.of("Content-Type", "application/json");

    /** How much work may wait for a thread: more than there are requests. */
    private static final int QUEUE = 4_096;

    /** Writes halves of characters too, which a query may have, and OpenSearch takes for what cannot be read. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Nodes nodes;
    private final WorkerPool pool;

    Cluster(Vertx vertx, OpenSearchConfig config) {
        this.nodes = new Nodes(vertx, config);
        this.pool = new WorkerPool("opensearch", config.threads(), QUEUE);
    }

    /** CPU work, away from the event loops. */
    <T extends @Nullable Object> Uni<T> work(Callable<T> work) {
        return pool.run(work);
    }

    static Buffer json(JsonNode... lines) {
        Buffer all = Buffer.buffer();
        try {
            for (JsonNode line : lines) {
                all.appendBytes(JSON.writeValueAsBytes(line)).appendString("\n");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON in memory cannot be written: " + Arrays.toString(lines), e);
        }
        return all;
    }

    /** @param read makes of the answer what is wanted, away from the event loops */
    <T extends @Nullable Object> Uni<T> ask(
            HttpMethod method, String path, @Nullable Buffer json, Function<JsonNode, T> read) {
        return ask(method, path, OBJECT, json, read);
    }

    /** Several pieces of JSON, each in a line. */
    <T extends @Nullable Object> Uni<T> askLines(String path, Buffer lines, Function<JsonNode, T> read) {
        return ask(HttpMethod.POST, path, LINES, lines, read);
    }

    private <T extends @Nullable Object> Uni<T> ask(
            HttpMethod method,
            String path,
            Map<String, String> headers,
            @Nullable Buffer body,
            Function<JsonNode, T> read) {
        return nodes.ask(server -> server.ask(method, path, headers, body))
                .onFailure(ServerAway.class)
                .transform(away -> Answer.away(String.valueOf(away.getMessage())))
                .onFailure(ServerBusy.class)
                .transform(busy -> Answer.busy(String.valueOf(busy.getMessage()), Optional.empty()))
                .chain(reply -> work(() -> read(reply, read)));
    }

    private static <T extends @Nullable Object> T read(Reply reply, Function<JsonNode, T> read) {
        JsonNode answer = Answer.read(reply);
        try {
            return read.apply(answer);
        } catch (IllegalArgumentException e) {
            throw Answer.junk();
        }
    }

    @Override
    public void close() {
        nodes.close();
        pool.close();
    }
}
