package dev.tandem.api.info;

import dev.tandem.api.access.Requires;
import dev.tandem.api.gate.ApiConfig;
import dev.tandem.api.http.TransferConfig;
import dev.tandem.domain.access.Right;
import dev.tandem.service.info.InfoService;
import dev.tandem.service.job.JobConfig;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this service is, what it offers and what it limits. */
@Path("/v1/info")
@Tag(name = "Service")
@Produces(MediaType.APPLICATION_JSON)
public class InfoResource {

    private final InfoService service;
    private final LimitsView limits;

    InfoResource(InfoService service, ApiConfig api, TransferConfig transfer, JobConfig jobs) {
        this.service = service;
        this.limits = LimitsView.of(api, transfer, jobs);
    }

    @GET
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(
            operationId = "getInfo",
            summary =
                    "Read the service's version, its search engines, its embedding models, its rerankers and its limits")
    public Uni<InfoView> get() {
        return Uni.createFrom().item(() -> InfoView.of(service.info(), limits));
    }
}
