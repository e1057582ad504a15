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

    /** By their tokens: the task of a newer text may be claimed while the older text is still being embedded. */
    private final Map<UUID, HeldTask> tasks = new ConcurrentHashMap<>();

    void add(Collection<HeldTask> claimed) {
        claimed.forEach(task -> tasks.put(task.token(), task));
    }

    void remove(Collection<HeldTask> ended) {
        ended.forEach(task -> tasks.remove(task.token()));
    }

    boolean has(Work work) {
        return tasks.containsKey(work.held().token());
    }

    /** Drops those of the given tasks whose tokens are not in the set. */
    void retain(Collection<HeldTask> asked, Set<UUID> tokens) {
        remove(asked.stream().filter(task -> !tokens.contains(task.token())).toList());
    }

    List<HeldTask> all() {
        return List.copyOf(tasks.values());
    }

    /** @param kept the exceptions; they are asked for after it is known what there is */
    List<HeldTask> allBut(Supplier<List<Work>> kept) {
        List<HeldTask> all = all();
        Set<UUID> exceptions =
                kept.get().stream().map(work -> work.held().token()).collect(toSet());
        return all.stream().filter(task -> !exceptions.contains(task.token())).toList();
    }
}
