package dev.tandem.service.advice;

import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.advice.FieldUse;
import java.time.Duration;
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
    private final Durations durations = new Durations();

    /** @param inherited the rank of the field whose place this one takes */
    Tally(long inherited) {
        this.inherited = inherited;
    }

    void add(Set<FieldUse> found, long nanos) {
        statements.incrementAndGet();
        found.forEach(use -> uses.incrementAndGet(use.ordinal()));
        durations.add(nanos);
    }

    /** Grows with every statement. The field with the lowest rank goes first. */
    long rank() {
        return inherited + statements.get();
    }

    FieldUsage usage(String path) {
        Map<FieldUse, Long> counts = new EnumMap<>(FieldUse.class);
        for (FieldUse use : FieldUse.values()) {
            counts.put(use, uses.get(use.ordinal()));
        }
        long count = durations.count();
        return new FieldUsage(
                path,
                counts,
                count,
                count == 0 ? Duration.ZERO : durations.mean(),
                count == 0 ? Duration.ZERO : durations.percentile(0.95));
    }
}
