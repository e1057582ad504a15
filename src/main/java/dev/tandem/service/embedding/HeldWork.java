package dev.tandem.service.embedding;

import static java.util.stream.Collectors.toSet;

import dev.tandem.domain.embedding.HeldTask;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The tasks that this replica holds. Their leases are renewed, and they are given back when the replica stops. */
@Singleton
class HeldWork {

    /** The token is part of the key: the task of a newer text may be claimed while the older text is still being embedded. */
    private record Key(UUID documentId, UUID token) {
        static Key of(HeldTask task) {
            return new Key(task.documentId(), task.token());
        }
    }

    private final Map<Key, HeldTask> tasks = new ConcurrentHashMap<>();

    void add(Collection<HeldTask> claimed) {
        claimed.forEach(task -> tasks.put(Key.of(task), task));
    }

    void remove(Collection<HeldTask> ended) {
        ended.forEach(task -> tasks.remove(Key.of(task)));
    }

    boolean has(Work work) {
        return tasks.containsKey(Key.of(work.held()));
    }

    /** Drops those of the given tasks whose documents are not in the set. */
    void retain(Collection<HeldTask> asked, Set<UUID> documentIds) {
        remove(asked.stream()
                .filter(task -> !documentIds.contains(task.documentId()))
                .toList());
    }

    List<HeldTask> all() {
        return List.copyOf(tasks.values());
    }

    /** @param kept the exceptions; they are asked for after it is known what there is */
    List<HeldTask> allBut(Supplier<List<Work>> kept) {
        List<HeldTask> all = all();
        Set<Key> exceptions =
                kept.get().stream().map(work -> Key.of(work.held())).collect(toSet());
        return all.stream().filter(task -> !exceptions.contains(Key.of(task))).toList();
    }
}
