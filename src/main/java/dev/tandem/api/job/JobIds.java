package dev.tandem.api.job;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import java.util.UUID;

/** Reads job ids in addresses. */
final class JobIds {

    private JobIds() {}

    /** @throws Refusal.NotFound if no job can have such an id */
    static UUID read(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // This is not an id.
        }
        throw Refusal.NotFound.of(Job.NOUN, text);
    }
}
