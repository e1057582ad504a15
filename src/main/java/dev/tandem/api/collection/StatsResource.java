package dev.tandem.api.collection;

import dev.tandem.api.access.Requires;
import dev.tandem.domain.access.Right;
import dev.tandem.service.collection.StatsService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The numbers of collections. */
@Path("/v1/collections")
@Tag(name = "Collections")
@Produces(MediaType.APPLICATION_JSON)
public class StatsResource {

    private final StatsService stats;

    StatsResource(StatsService stats) {
        this.stats = stats;
    }

    @GET
    @Path("{name}/stats")
    @Requires(Right.READ)
    @Operation(
            operationId = "getCollectionStats",
            summary =
                    "Read a collection's numbers: its documents and chunks, what is still to be embedded and indexed, and which fields of metadata are used how")
    public Uni<StatsView> read(@RestPath String name) {
        return stats.of(name).map(StatsView::of);
    }
}
