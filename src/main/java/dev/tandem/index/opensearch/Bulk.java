package dev.tandem.index.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.opensearch.shape.DocumentJson;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One write in portions of limited size, each made when the one before it is done. */
final class Bulk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final long version;
    private final DocumentJson documents;
    private final Iterator<IndexEntry> saved;
    private final Iterator<UUID> gone;
    private final long largest;
    private final int most;

    /** What had no room in the portion before. */
    private byte @Nullable [] left;

    Bulk(long version, Shape shape, List<IndexEntry> saved, Set<UUID> gone, OpenSearchConfig config) {
        this.version = version;
        this.documents = new DocumentJson(shape);
        this.saved = saved.iterator();
        this.gone = gone.iterator();
        this.largest = config.bulkSize().asLongValue();
        this.most = config.bulkDocuments();
    }

    /** @param count how many operations the lines are */
    record Portion(Buffer lines, int count) {}

    /** The next portion; empty after the last one. This is CPU work. */
    Optional<Portion> next() throws IOException {
        Buffer lines = Buffer.buffer();
        int count = 0;
        for (byte[] operation = operation(); operation != null; operation = operation()) {
            if (count > 0 && (count == most || lines.length() + operation.length > largest)) {
                left = operation;
                break;
            }
            lines.appendBytes(operation);
            count++;
        }
        return count == 0 ? Optional.empty() : Optional.of(new Portion(lines, count));
    }

    private byte @Nullable [] operation() throws IOException {
        byte[] waiting = left;
        if (waiting != null) {
            left = null;
            return waiting;
        }
        if (saved.hasNext()) {
            IndexEntry entry = saved.next();
            return lines("index", entry.document().id(), entry);
        }
        return gone.hasNext() ? lines("delete", gone.next(), null) : null;
    }

    private byte[] lines(String operation, UUID id, @Nullable IndexEntry entry) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(lines)) {
            json.setRootValueSeparator(null);
            json.writeStartObject();
            json.writeObjectFieldStart(operation);
            json.writeStringField("_id", id.toString());
            json.writeNumberField("version", version);
            // Equal versions win too: the same write may come again, whole.
            json.writeStringField("version_type", "external_gte");
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
            if (entry != null) {
                documents.write(json, entry);
                json.writeRaw('\n');
            }
        }
        return lines.toByteArray();
    }

    /** Fails unless every operation was done, or a write with a higher version had said something else before. */
    static void requireDone(JsonNode answer, int count) {
        JsonNode items = Answer.part(answer, "items");
        if (items.size() != count) {
            throw Answer.junk();
        }
        for (JsonNode item : items) {
            JsonNode result = item.elements().hasNext() ? item.elements().next() : item;
            int status = Answer.part(result, "status").asInt();
            boolean isGone = status == NOT_FOUND && !result.has("error");
            if (status >= 300 && status != CONFLICT && !isGone) {
                throw Answer.failure(status, result.path("error"), Optional.empty());
            }
        }
    }
}
