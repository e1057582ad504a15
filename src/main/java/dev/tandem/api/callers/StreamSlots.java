package dev.tandem.api.callers;

import dev.tandem.api.http.TransferConfig;
import dev.tandem.service.job.JobConfig;
import jakarta.inject.Singleton;

/** The slots of each kind of stream in this process. */
@Singleton
public class StreamSlots {

    private final CallerSlots imports;
    private final CallerSlots exports;
    private final CallerSlots events;

    StreamSlots(TransferConfig transfers, JobConfig jobs, CallersConfig callers) {
        this.imports = new CallerSlots("busy.import", transfers.imports(), callers.share());
        this.exports = new CallerSlots("busy.export", transfers.exports(), callers.share());
        this.events = new CallerSlots("busy.events", jobs.listeners(), callers.share());
    }

    public CallerSlots imports() {
        return imports;
    }

    public CallerSlots exports() {
        return exports;
    }

    /** The streams of a job's events. */
    public CallerSlots events() {
        return events;
    }
}
