package dev.tandem.api.job;

import dev.tandem.domain.job.Job;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers that are jobs. */
public final class JobAnswers {

    private static final int RETRY_SECONDS = 1;

    private JobAnswers() {}

    /** What was asked for will be done by a job, which is found where Location says. */
    public static ResponseBuilder<Object> accepted(Job job) {
        return ResponseBuilder.<Object>create(RestResponse.Status.ACCEPTED, JobView.of(job))
                .header(HttpHeaders.LOCATION, "/v1/jobs/" + job.id())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    /** The job, and when to look again where it has not ended. */
    static <T> ResponseBuilder<T> looked(ResponseBuilder<T> answer, Job job) {
        return job.state().isEnded() ? answer : answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
}
