package dev.tandem.service.advice;

import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.advice.FieldUse;
import dev.tandem.domain.metadata.FieldPath;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts the uses of one field. Threads add at the same time without waiting; who reads meanwhile may see a use half added. */
final class Tally {

    private final long inherited;
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLongArray uses = new AtomicLongArray(FieldUse.values().length);
    private final Durations all = new Durations();
    private final Durations indexable = new Durations();

    /** @param inherited the rank of the field whose place this one takes */
    Tally(long inherited) {
        this.inherited = inherited;
    }

    void add(Set<FieldUse> found, long nanos) {
        statements.incrementAndGet();
        found.forEach(use -> uses.incrementAndGet(use.ordinal()));
        all.add(nanos);
        if (found.contains(FieldUse.INDEXABLE)) {
            indexable.add(nanos);
        }
    }

    /** Grows with every statement. The field with the lowest rank goes first. */
    long rank() {
        return inherited + statements.get();
    }

    FieldUsage usage(FieldPath path) {
        Map<FieldUse, Long> counts = new EnumMap<>(FieldUse.class);
        for (FieldUse use : FieldUse.values()) {
            counts.put(use, uses.get(use.ordinal()));
        }
        return new FieldUsage(path, counts, all.times(), indexable.times());
    }
}
