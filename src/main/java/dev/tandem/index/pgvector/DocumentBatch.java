package dev.tandem.index.pgvector;

import dev.tandem.domain.document.Document;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Stamp;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Documents that one statement saves or marks as gone.
 *
 * @param ids all of them, in the order in which every write locks them, so that two never wait for each other
 * @param entries what is saved of them
 * @param metadata of those that are saved, as JSON
 */
record DocumentBatch(List<UUID> ids, Map<UUID, IndexEntry> entries, Map<UUID, String> metadata) {

    private static final int MOST = 500;
    /** In characters of metadata. */
    private static final int LARGEST = 4 << 20;

    static List<DocumentBatch> of(List<IndexEntry> saved, Set<UUID> gone) {
        TreeMap<UUID, @Nullable IndexEntry> all = new TreeMap<>(Stamp.ORDER);
        gone.forEach(id -> all.put(id, null));
        saved.forEach(entry -> all.put(entry.document().id(), entry));
        List<DocumentBatch> batches = new ArrayList<>();
        DocumentBatch batch = empty();
        int size = 0;
        for (Map.Entry<UUID, @Nullable IndexEntry> next : all.entrySet()) {
            if (batch.ids.size() >= MOST || size >= LARGEST) {
                batches.add(batch);
                batch = empty();
                size = 0;
            }
            size += batch.add(next.getKey(), next.getValue());
        }
        batches.add(batch);
        return batches;
    }

    private static DocumentBatch empty() {
        return new DocumentBatch(new ArrayList<>(), new HashMap<>(), new HashMap<>());
    }

    private int add(UUID id, @Nullable IndexEntry entry) {
        ids.add(id);
        if (entry == null) {
            return 0;
        }
        String json = new JsonObject(entry.document().metadata().values()).encode();
        entries.put(id, entry);
        metadata.put(id, json);
        return json.length();
    }

    List<IndexEntry> saved() {
        return ids.stream().filter(entries::containsKey).map(entries::get).toList();
    }

    /** The parameters: what is gone is null in all of them but the id. */
    Tuple tuple(long version) {
        return Tuple.tuple()
                .addArrayOfUUID(ids.toArray(UUID[]::new))
                .addLong(version)
                .addArrayOfLong(of(IndexEntry::stamp, Long[]::new))
                .addArrayOfString(ofDocument(Document::key, String[]::new))
                .addArrayOfString(ofDocument(Document::title, String[]::new))
                .addArrayOfLong(ofDocument(Document::version, Long[]::new))
                .addArrayOfOffsetDateTime(ofDocument(document -> utc(document.createdAt()), OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(ofDocument(document -> utc(document.updatedAt()), OffsetDateTime[]::new))
                .addArrayOfString(of(entry -> metadata.get(entry.document().id()), String[]::new));
    }

    private <T> T[] ofDocument(Function<Document, @Nullable T> value, IntFunction<T[]> array) {
        return of(entry -> value.apply(entry.document()), array);
    }

    private <T> T[] of(Function<IndexEntry, @Nullable T> value, IntFunction<T[]> array) {
        return ids.stream()
                .map(entries::get)
                .map(entry -> entry == null ? null : value.apply(entry))
                .toArray(array);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
