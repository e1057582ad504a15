package dev.tandem.api.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.access.Requires.On;
import dev.tandem.api.access.Rights;
import dev.tandem.api.access.Rights.Demand;
import dev.tandem.api.http.StreamLimit;
import dev.tandem.api.http.TransferConfig;
import dev.tandem.api.idempotency.Answers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportService;
import dev.tandem.service.transfer.ImportSpool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/collections/{name}/documents:import}. This is a route of Vert.x, because a resource would get the body as a whole. Here
 * it is read only as fast as its lines can be written.
 */
@ApplicationScoped
class ImportRoute {

    private static final String ADDRESS = "/v1/collections/([^/]+)/documents(?::|%3A|%3a)import/?";
    private static final Demand DEMAND = new Demand(Right.WRITE, On.COLLECTION, false);
    private static final Set<String> READ = Set.of(
            ImportAnswer.MEDIA_TYPE,
            "application/ndjson",
            "application/jsonl",
            "application/json",
            "application/octet-stream");

    /** After all handlers that check requests, but before the limit for whole bodies. */
    private static final int BEFORE_BODY_LIMIT = -10;

    private final ImportService imports;
    private final ImportSpool spool;
    private final ObjectMapper mapper;
    private final IdempotentPosts once;
    private final Answers answers;
    private final TransferConfig config;
    private final StreamLimit slots;
    private final Rights rights;

    ImportRoute(
            ImportService imports,
            ImportSpool spool,
            ObjectMapper mapper,
            IdempotentPosts once,
            Answers answers,
            TransferConfig config,
            Rights rights) {
        this.imports = imports;
        this.spool = spool;
        this.mapper = mapper;
        this.once = once;
        this.answers = answers;
        this.config = config;
        this.rights = rights;
        this.slots = new StreamLimit("busy.import", config.imports());
    }

    void register(@Observes Router router) {
        router.routeWithRegex(HttpMethod.POST, ADDRESS).order(BEFORE_BODY_LIMIT).handler(this::begin);
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        // This is so whatever the answer is: a client that is still sending would not read it, and the connection would
        // not be free for the next request.
        context.addEndHandler(ignored -> {
            if (!request.isEnded()) {
                request.resume();
            }
        });
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (!isRead(request.getHeader(HttpHeaders.CONTENT_TYPE)) || !isKnown(coding)) {
            context.fail(415);
            return;
        }
        ImportParameters parameters = ImportParameters.of(context);
        String collection = context.pathParam("param0");
        rights.require(context, DEMAND, collection, "importDocuments");
        boolean isKeyed = once.isAsked(context);
        Runnable release = slots.take();
        destination(context, collection, parameters, isKeyed)
                .subscribe()
                .with(
                        destination -> new ImportStream(
                                        context,
                                        isGzip(coding),
                                        destination,
                                        Math.toIntExact(config.longestLine().asLongValue()),
                                        release)
                                .begin(),
                        failure -> {
                            release.run();
                            context.fail(failure);
                        });
    }

    private Uni<? extends ImportDestination> destination(
            RoutingContext context, String collection, ImportParameters parameters, boolean isKeyed) {
        ImportOptions options = parameters.options();
        WholeAnswer answer = new WholeAnswer(context, once, answers, mapper, parameters.tellsAll());
        Uni<SpooledImport> spooled = spool.open(collection, options)
                .map(reception -> new SpooledImport(
                        reception, answer, config.largestKept().asLongValue()));
        if (parameters.async()) {
            return spooled;
        }
        return imports.open(collection)
                .replaceWith(() -> isKeyed
                        ? new KeyedImport(imports, collection, options, answer, spooled)
                        : new DirectImport(
                                context.response(),
                                imports,
                                collection,
                                options,
                                new ImportAnswer(context, mapper, parameters.tellsAll())));
    }

    private static boolean isRead(@Nullable String contentType) {
        return contentType == null
                || READ.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isKnown(@Nullable String coding) {
        return coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity") || isGzip(coding);
    }

    private static boolean isGzip(@Nullable String coding) {
        return coding != null && coding.strip().equalsIgnoreCase("gzip");
    }
}
