package dev.tandem.index.pinecone.standin;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Records, of which reads see what was written some reads ago. */
final class Namespace {

    private final TreeMap<String, StoredRecord> visible = new TreeMap<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final int lag;
    private long written;
    private long seen;
    private int counted;

    record StoredRecord(String id, float[] values, JsonObject metadata) {}

    private static final class Pending {
        private final Consumer<TreeMap<String, StoredRecord>> change;
        private int reads;

        private Pending(Consumer<TreeMap<String, StoredRecord>> change) {
            this.change = change;
        }
    }

    /** @param lag how many reads do not see a write */
    Namespace(int lag) {
        this.lag = lag;
    }

    long upsert(List<StoredRecord> records) {
        return write(now -> records.forEach(record -> now.put(record.id(), record)));
    }

    long delete(List<String> ids) {
        return write(now -> ids.forEach(now::remove));
    }

    void change(String id, JsonObject metadata) {
        visible.computeIfPresent(id, (same, record) -> new StoredRecord(id, record.values(), metadata));
    }

    private long write(Consumer<TreeMap<String, StoredRecord>> change) {
        pending.add(new Pending(change));
        return ++written;
    }

    /** What this read sees, in the order of ids. */
    TreeMap<String, StoredRecord> read() {
        while (!pending.isEmpty() && pending.getFirst().reads >= lag) {
            pending.removeFirst().change.accept(visible);
            seen++;
        }
        pending.forEach(each -> each.reads++);
        return visible;
    }

    /** The last write that reads see. */
    long seen() {
        return seen;
    }

    /** How many records there were when this was asked last. */
    int count() {
        int before = counted;
        counted = visible.size();
        return before;
    }

    /** Everything that was written. */
    List<StoredRecord> all() {
        TreeMap<String, StoredRecord> all = new TreeMap<>(visible);
        pending.forEach(each -> each.change.accept(all));
        return new ArrayList<>(all.values());
    }
}
