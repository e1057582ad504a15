package dev.tandem.api.job;

import dev.tandem.domain.job.JobError;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A rule that a document would have broken, which therefore stayed as it was.
 *
 * @param key the document's
 * @param pointer where in the document it would have been
 */
@Schema(examples = """
{"key": "article-1", "pointer": "/metadata/year", "code": "metadata.schema", "message": "string found, integer expected"}
""")
public record JobErrorView(String key, String pointer, String code, String message) {

    public static JobErrorView of(JobError error) {
        return new JobErrorView(
                error.key(),
                error.violation().pointer(),
                error.violation().code(),
                error.violation().message());
    }
}
