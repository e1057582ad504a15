package dev.tandem.api.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.problem.Problem;
import dev.tandem.api.problem.Problems;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.service.document.Written;
import dev.tandem.service.transfer.LineResult;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The result of a line.
 *
 * @param line from 1; blank lines are not counted
 * @param status the status that a request for this document alone would have had
 * @param outcome created, updated or unchanged; absent if the line was refused
 * @param version the document's version
 */
@Schema(name = "ImportLineResult", description = "The result of a line", examples = """
{"line": 1, "key": "article-1", "status": 201, "outcome": "created", "version": 1}
""")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineView(
        long line,
        @Nullable String key,
        int status,

        @Schema(
                implementation = Written.Effect.class,
                description = "What the line has done; left out if it was refused")
        @Nullable
        String outcome,

        @Nullable Long version,
        @Nullable LineError error) {

    /** Why a line was refused: those parts of a problem that concern the line. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ImportLineError")
    record LineError(
            String code,
            String detail,
            @Nullable List<Violation> errors,
            @Nullable Long currentVersion) {}

    static LineView of(LineResult result, RoutingContext request) {
        return switch (result) {
            case LineResult.Accepted accepted -> accepted(accepted);
            case LineResult.Refused refused -> {
                Problem problem = Problems.of(refused.refusal(), request);
                yield new LineView(
                        refused.line(),
                        refused.key(),
                        problem.status(),
                        null,
                        null,
                        new LineError(problem.code(), problem.detail(), problem.errors(), problem.currentVersion()));
            }
        };
    }

    private static LineView accepted(LineResult.Accepted accepted) {
        return new LineView(
                accepted.line(),
                accepted.key(),
                accepted.effect() == Written.Effect.CREATED ? 201 : 200,
                accepted.effect().word(),
                accepted.version(),
                null);
    }
}
