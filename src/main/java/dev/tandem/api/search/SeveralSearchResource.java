package dev.tandem.api.search;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.access.Rights;
import dev.tandem.api.callers.Admission;
import dev.tandem.api.callers.OfKind;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchedCollections;
import dev.tandem.service.search.several.SearchOfSeveral;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** One search of several collections. The body names them, so what the caller may do with each is looked at here. */
@Path("/v1/search")
@Tag(name = "Search")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SeveralSearchResource {

    private static final String OPERATION = "searchSeveral";
    private static final Rights.Demand ON_EACH = new Rights.Demand(Right.READ, Requires.On.COLLECTION, true);

    private final SearchOfSeveral searches;
    private final IdempotentPosts once;
    private final Caller caller;
    private final Rights rights;
    private final Admission admission;
    private final CurrentVertxRequest current;

    SeveralSearchResource(
            SearchOfSeveral searches,
            IdempotentPosts once,
            Caller caller,
            Rights rights,
            Admission admission,
            CurrentVertxRequest current) {
        this.searches = searches;
        this.once = once;
        this.caller = caller;
        this.rights = rights;
        this.admission = admission;
        this.current = current;
    }

    @POST
    @Requires(value = Right.READ, on = Requires.On.SOME, scoped = true)
    @OfKind(RequestKind.SEARCH)
    @Operation(operationId = OPERATION, summary = "Search up to 16 collections at once, for one list of hits")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", ref = "Problem404")
    public Uni<RestResponse<SearchView>> search(
            SeveralSearchRequest body,
            @Parameter(
                            description = "Answer once everything up to this sequence is visible",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @RestHeader(WriteAnswers.HEADER)
                    @Nullable
                    String sequence) {
        RoutingContext request = current.getCurrent();
        List<String> names = SearchedCollections.check(body.collections());
        Uni<Void> allowed = rights.requireOnEach(request, ON_EACH, names, OPERATION);
        SearchDraft draft = body.toDraft(sequence);
        admission.admitFurther(request, RequestKind.SEARCH, names.size() - 1);
        return once.read(
                allowed.chain(() -> searches.search(names, caller.scope(), draft)),
                result -> RestResponse.ok(SearchView.of(result)));
    }
}
