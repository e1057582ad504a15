package dev.tandem.api.imports;

import dev.tandem.api.access.Requires.On;
import dev.tandem.api.access.Rights;
import dev.tandem.api.access.Rights.Demand;
import dev.tandem.api.callers.Admission;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.callers.Sender;
import dev.tandem.api.callers.Slots;
import dev.tandem.api.callers.body.Body;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.imports.lines.Form;
import dev.tandem.api.imports.lines.ImportBodies;
import dev.tandem.domain.access.Right;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/collections/{name}/documents:import}. This is a route of Vert.x, because a resource would get the body as a whole. Here
 * it is read only as fast as its lines can be written.
 */
@ApplicationScoped
class ImportRoute {

    private static final String ADDRESS = "/v1/collections/([^/]+)/documents(?::|%3A|%3a)import/?";
    private static final Demand DEMAND = new Demand(Right.WRITE, On.COLLECTION, false);

    /** Under which metrics count it. */
    private static final String NAME = "/v1/collections/:name/documents:import";

    /** After all handlers that check requests, but before the limit for whole bodies. */
    private static final int BEFORE_BODY_LIMIT = -10;

    private final ImportDestinations destinations;
    private final ImportForms forms;
    private final ImportBodies bodies;
    private final IdempotentPosts once;
    private final Slots slots;
    private final Admission admission;
    private final Rights rights;

    ImportRoute(
            ImportDestinations destinations,
            ImportForms forms,
            ImportBodies bodies,
            IdempotentPosts once,
            Slots slots,
            Admission admission,
            Rights rights) {
        this.destinations = destinations;
        this.forms = forms;
        this.bodies = bodies;
        this.once = once;
        this.slots = slots;
        this.admission = admission;
        this.rights = rights;
    }

    void register(@Observes Router router) {
        router.routeWithRegex(HttpMethod.POST, ADDRESS)
                .setName(NAME)
                .order(BEFORE_BODY_LIMIT)
                .handler(this::begin);
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        Body body = Body.of(context);
        body.pause();
        // This is so whatever the answer is: a client that is still sending would not read it, and the connection would
        // not be free for the next request.
        context.addEndHandler(ignored -> {
            if (!request.isEnded()) {
                request.resume();
                body.await();
            }
        });
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        String mediaType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (!ImportForms.areRead(mediaType) || !isKnown(coding)) {
            context.fail(415);
            return;
        }
        ImportParameters parameters = ImportParameters.of(context);
        String collection = context.pathParam("param0");
        admission.admit(context, RequestKind.IMPORT);
        @Nullable Uni<Void> allowed = rights.require(context, DEMAND, collection, "importDocuments");
        if (allowed == null) {
            receive(context, collection, parameters);
        } else {
            allowed.subscribe().with(ignored -> receiveOrFail(context, collection, parameters), context::fail);
        }
    }

    /** What is thrown here does not reach the router any more. */
    private void receiveOrFail(RoutingContext context, String collection, ImportParameters parameters) {
        try {
            receive(context, collection, parameters);
        } catch (RuntimeException e) {
            context.fail(e);
        }
    }

    private void receive(RoutingContext context, String collection, ImportParameters parameters) {
        String coding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        String mediaType = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        boolean isKeyed = once.isAsked(context);
        Uni<Form> opened = forms.of(mediaType, collection, parameters.delimiter());
        Runnable release = slots.of(RequestKind.IMPORT).take(Sender.of(context));
        opened.chain(form -> destinations
                        .of(context, collection, parameters, isKeyed)
                        .map(destination -> new ImportStream(
                                context, bodies.of(context, isGzip(coding), form), destination, release)))
                .subscribe()
                .with(ImportStream::begin, failure -> {
                    release.run();
                    context.fail(failure);
                });
    }

    private static boolean isKnown(@Nullable String coding) {
        return coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity") || isGzip(coding);
    }

    private static boolean isGzip(@Nullable String coding) {
        return coding != null && coding.strip().equalsIgnoreCase("gzip");
    }
}
