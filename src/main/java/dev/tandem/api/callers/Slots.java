package dev.tandem.api.callers;

import dev.tandem.api.http.TransferConfig;
import dev.tandem.service.job.JobConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The slots of each kind of request in this process. */
@ApplicationScoped
public class Slots {

    /** A search needs a processor for most of its time. */
    private static final int SEARCHES_PER_PROCESSOR = 16;

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Map<RequestKind, CallerSlots> slots;

    Slots(CallersConfig callers, TransferConfig transfers, JobConfig jobs) {
        double share = callers.share();
        int processors = Runtime.getRuntime().availableProcessors();
        int searches = callers.searches().orElse(SEARCHES_PER_PROCESSOR * processors);
        this.slots = Map.of(
                RequestKind.READ, new CallerSlots("busy.reads", callers.reads(), share, SOON),
                RequestKind.WRITE, new CallerSlots("busy.writes", callers.writes(), share, SOON),
                RequestKind.SEARCH, new CallerSlots("busy.searches", searches, share, SOON),
                RequestKind.IMPORT, new CallerSlots("busy.import", transfers.imports(), share, LATER),
                RequestKind.EXPORT, new CallerSlots("busy.export", transfers.exports(), share, LATER),
                RequestKind.EVENTS, new CallerSlots("busy.events", jobs.listeners(), share, LATER));
    }

    public CallerSlots of(RequestKind kind) {
        return Objects.requireNonNull(slots.get(kind));
    }
}
