package dev.tandem.service.byfilter;

import dev.tandem.domain.job.Job;
import java.util.UUID;

/** What came of the wish to change all documents that a filter matches. */
public sealed interface ByFilterAnswer {

    /** It has been done. */
    record Done(UUID collectionId, ByFilterOutcome outcome) implements ByFilterAnswer {}

    /** A job will do it. */
    record Begun(Job job) implements ByFilterAnswer {}
}
