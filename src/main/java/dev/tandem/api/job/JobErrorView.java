package dev.tandem.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.job.JobError;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rule that a document would have broken. The document was therefore left unchanged.
 *
 * @param line its line in an import, from 1
 * @param key the document's key
 * @param pointer the place in the document
 */
@Schema(examples = """
{"key": "article-1", "pointer": "/metadata/year", "code": "metadata.schema", "message": "string found, integer expected"}
""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobErrorView(@Nullable Long line, @Nullable String key, String pointer, String code, String message) {

    public static JobErrorView of(JobError error) {
        return new JobErrorView(
                error.line(),
                error.key(),
                error.violation().pointer(),
                error.violation().code(),
                error.violation().message());
    }
}
