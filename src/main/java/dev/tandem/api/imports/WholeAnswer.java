package dev.tandem.api.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.http.Preferences;
import dev.tandem.api.idempotency.Answers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.job.JobAnswers;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.job.Job;
import dev.tandem.service.transfer.ImportOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers an import as a whole, when all of it has arrived. With an Idempotency-Key the import is executed once. */
final class WholeAnswer {

    private static final String CONTENT_TYPE = HttpHeaders.CONTENT_TYPE.toString();
    private static final String JSON = "application/json;charset=UTF-8";

    private final RoutingContext request;
    private final IdempotentPosts once;
    private final Answers answers;
    private final ObjectMapper mapper;
    private final boolean tellsAll;

    /** @param tellsAll whether accepted lines are reported too */
    WholeAnswer(RoutingContext request, IdempotentPosts once, Answers answers, ObjectMapper mapper, boolean tellsAll) {
        this.request = request;
        this.once = once;
        this.answers = answers;
        this.mapper = mapper;
        this.tellsAll = tellsAll;
    }

    /**
     * Answers with the job that will write the lines. Never fails.
     *
     * @param digest identifies the lines
     */
    Uni<Void> job(String digest, Uni<Job> work) {
        return send(once.answer(request, digest, work, this::accepted));
    }

    /**
     * Answers with the results of the lines. Never fails.
     *
     * @param digest identifies the lines
     * @param count the number of lines
     */
    Uni<Void> lines(String digest, int count, Uni<ImportOutcome> work) {
        return send(once.answer(request, digest, work, outcome -> answer(outcome, count)));
    }

    /** Answers with a problem. Never fails. */
    Uni<Void> failure(Throwable failure) {
        return send(Uni.createFrom().failure(failure));
    }

    private Answer accepted(Job job) {
        Preferences preferences = Preferences.of(request.request().getHeader("Prefer"));
        return answers.of(preferences.applyAsync(JobAnswers.accepted(job)).build())
                .with(CONTENT_TYPE, JSON);
    }

    private Answer answer(ImportOutcome outcome, int count) {
        ImportAnswer answer = new ImportAnswer(request, mapper, tellsAll);
        answer.receive(count);
        Buffer body = answer.lines(outcome.results()).appendBuffer(answer.end(outcome.ending()));
        return new Answer(200, Map.of(CONTENT_TYPE, ImportAnswer.MEDIA_TYPE), body.toString(StandardCharsets.UTF_8));
    }

    private Uni<Void> send(Uni<Answer> answer) {
        return answer.invoke(this::send)
                .onFailure()
                .invoke(request::fail)
                .onItemOrFailure()
                .transform((sent, failure) -> null);
    }

    private void send(Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(String.valueOf(answer.body()));
    }
}
