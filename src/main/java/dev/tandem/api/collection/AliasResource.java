package dev.tandem.api.collection;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Conditions;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.collection.Alias;
import dev.tandem.service.collection.AliasService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Aliases: other names of collections. Who makes one needs the right on its name, as for a collection of that name, and on its collection. Who
 * uses one needs the right on its collection only, and sees it if it may read that.
 */
@Path("/v1/aliases")
@Tag(name = "Collections")
@Produces(MediaType.APPLICATION_JSON)
public class AliasResource {

    private final AliasService aliases;
    private final Caller caller;
    private final Cursors cursors;

    AliasResource(AliasService aliases, Caller caller, Cursors cursors) {
        this.aliases = aliases;
        this.caller = caller;
        this.cursors = cursors;
    }

    @GET
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "listAliases", summary = "List aliases, ordered by name")
    public Uni<RestResponse<PageView<AliasView>>> list(@BeanParam Paging paging) {
        Grants grants = caller.grants();
        return cursors.<String>of("aliases", name -> name, name -> name)
                .chain(cursor -> aliases.list(grants, paging.place(cursor), paging.limit())
                        .map(page -> paging.answer(page, AliasView::of, last -> cursor.at(last.name()))));
    }

    @GET
    @Path("{alias}")
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "getAlias", summary = "Read which collection an alias points to")
    public Uni<RestResponse<AliasView>> get(
            @Parameter(description = "The alias's name", example = "articles-current") @RestPath String alias,
            @BeanParam Conditions conditions) {
        return aliases.get(caller.grants(), alias)
                .map(found -> conditions.has(found.version())
                        ? Conditions.<AliasView>notModified(found.version())
                        : answer(RestResponse.Status.OK, found));
    }

    @PUT
    @Path("{alias}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Right.ADMIN, on = Requires.On.SOME)
    @Operation(operationId = "putAlias", summary = "Make an alias, or point it to another collection")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponseSchema(value = AliasView.class, responseCode = "201", responseDescription = "Created")
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Uni<RestResponse<AliasView>> put(
            @RestPath String alias, AliasRequest body, @BeanParam Conditions conditions) {
        caller.requireOnNew(Right.ADMIN, alias);
        Consumer<String> mayPoint = caller.demanding(Right.ADMIN);
        return aliases.put(alias, body.collection(), conditions.forChange(), target -> mayPoint.accept(target.name()))
                .map(pointed -> answer(
                        pointed.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK, pointed.alias()));
    }

    @DELETE
    @Path("{alias}")
    @Requires(value = Right.ADMIN, on = Requires.On.SOME)
    @Operation(operationId = "deleteAlias", summary = "Delete an alias; its collection stays")
    @APIResponse(responseCode = "204", description = "No Content")
    public Uni<RestResponse<Void>> delete(@RestPath String alias, @BeanParam Conditions conditions) {
        caller.requireOnNew(Right.ADMIN, alias);
        return aliases.delete(alias, conditions.forChange()).replaceWith(RestResponse.noContent());
    }

    private static RestResponse<AliasView> answer(RestResponse.Status status, Alias alias) {
        return ResponseBuilder.create(status, AliasView.of(alias))
                .header(HttpHeaders.ETAG, Conditions.tag(alias.version()))
                .build();
    }
}
