package dev.tandem.api.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.problem.Problem;
import dev.tandem.api.problem.Problems;
import dev.tandem.service.search.SearchBatch.Outcome;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of each search of a batch, in their order. */
@Schema(examples = """
{"answers": [{"status": 200, "result": {"items": [], "sequence": 4711, "warnings": ["Only 0 of 10 hits: no document matches."]}},
             {"status": 422, "problem": {"type": "https://github.com/tandem-dev/tandem/blob/main/docs/problems.md#requestrejected",
              "title": "Unprocessable Content", "status": 422, "detail": "A limit is from 1 to 1000.",
              "instance": "/v1/collections/articles/search:batch", "code": "request.rejected",
              "requestId": "304d7390-07e0-40a5-a301-6b8316c07e6d",
              "errors": [{"pointer": "/limit", "code": "limit.range", "message": "A limit is from 1 to 1000."}]}}]}
""")
public record SearchBatchView(List<Answer> answers) {

    /**
     * As the search would have been answered by itself.
     *
     * @param result if the status is 200
     * @param problem if it is another one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SearchBatchAnswer", description = "As the search would have been answered by itself")
    public record Answer(
            int status,
            @Nullable SearchView result,
            @Nullable Problem problem) {

        private static final int OK = 200;

        private static Answer of(Outcome outcome, RoutingContext request) {
            return switch (outcome) {
                case Outcome.Found(var result) -> new Answer(OK, SearchView.of(result), null);
                case Outcome.Failed(var failure) -> of(Problems.of(failure, request));
            };
        }

        private static Answer of(Problem problem) {
            return new Answer(problem.status(), null, problem);
        }
    }

    static SearchBatchView of(List<Outcome> outcomes, RoutingContext request) {
        return new SearchBatchView(
                outcomes.stream().map(outcome -> Answer.of(outcome, request)).toList());
    }
}
