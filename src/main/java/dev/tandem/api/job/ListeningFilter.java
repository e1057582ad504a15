package dev.tandem.api.job;

import dev.tandem.domain.access.Right;
import dev.tandem.service.job.JobWatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses event streams while that is still possible: a stream has answered 200 before its first event. */
class ListeningFilter {

    private final VisibleJobs visible;
    private final JobWatch watch;

    ListeningFilter(VisibleJobs visible, JobWatch watch) {
        this.visible = visible;
        this.watch = watch;
    }

    @Listening
    @ServerRequestFilter
    public Uni<Void> check(ContainerRequestContext request) {
        String id = String.valueOf(request.getUriInfo().getPathParameters().getFirst("id"));
        return visible.get(id, Right.READ).chain(job -> watch.check(job.id()));
    }
}
