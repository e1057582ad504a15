package dev.tandem.service;

import dev.tandem.domain.job.Job;
import java.util.UUID;

/** What came of the wish to change all documents that a filter matches. */
public sealed interface BulkAnswer {

    /** It has been done. */
    record Done(UUID collectionId, BulkOutcome outcome) implements BulkAnswer {}

    /** A job will do it. */
    record Begun(Job job) implements BulkAnswer {}
}
