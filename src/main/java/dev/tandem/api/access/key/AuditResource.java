package dev.tandem.api.access.key;

import dev.tandem.api.access.Requires;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Right;
import dev.tandem.service.access.Audit;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The audit: changes of keys, what administrators have done, and what was refused. */
@Path("/v1/audit")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private final Audit audit;
    private final Cursors cursors;

    AuditResource(Audit audit, Cursors cursors) {
        this.audit = audit;
        this.cursors = cursors;
    }

    @GET
    @Requires(value = Right.ADMIN, on = Requires.On.ALL)
    @Operation(operationId = "listAudit", summary = "List who did what with rights, newest first")
    public Uni<RestResponse<PageView<AuditEntryView>>> list(@BeanParam Paging paging) {
        return cursors.of("audit", UUID::toString, UUID::fromString)
                .chain(cursor -> audit.list(paging.place(cursor), paging.limit())
                        .map(page -> paging.answer(page, AuditEntryView::of, last -> cursor.at(last.id()))));
    }
}
