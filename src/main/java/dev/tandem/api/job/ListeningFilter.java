package dev.tandem.api.job;

import dev.tandem.service.job.JobWatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses event streams while that is still possible: a stream has answered 200 before its first event. */
class ListeningFilter {

    private final JobWatch watch;

    ListeningFilter(JobWatch watch) {
        this.watch = watch;
    }

    @Listening
    @ServerRequestFilter
    public Uni<Void> check(ContainerRequestContext request) {
        return watch.check(JobIds.read(request.getUriInfo().getPathParameters().getFirst("id")));
    }
}
