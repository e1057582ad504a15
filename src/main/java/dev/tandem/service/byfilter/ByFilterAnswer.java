package dev.tandem.service.byfilter;

import dev.tandem.domain.job.Job;
import java.util.UUID;

/** The answer to a change by filter. */
public sealed interface ByFilterAnswer {

    /** The change has been made. */
    record Done(UUID collectionId, ByFilterOutcome outcome) implements ByFilterAnswer {}

    /** A job will make the change. */
    record Begun(Job job) implements ByFilterAnswer {}
}
