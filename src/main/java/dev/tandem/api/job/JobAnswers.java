package dev.tandem.api.job;

import dev.tandem.domain.job.Job;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers that contain jobs. */
public final class JobAnswers {

    private static final int RETRY_SECONDS = 1;

    private JobAnswers() {}

    /** The request will be done by a job. Location is the job's address. */
    public static ResponseBuilder<Object> accepted(Job job) {
        return ResponseBuilder.<Object>create(RestResponse.Status.ACCEPTED, JobView.of(job))
                .header(HttpHeaders.LOCATION, "/v1/jobs/" + job.id())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    /** The job, and, if it has not ended, when to read it again. */
    static <T> ResponseBuilder<T> looked(ResponseBuilder<T> answer, Job job) {
        return job.state().isEnded() ? answer : answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
}
