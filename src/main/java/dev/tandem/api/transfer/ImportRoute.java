package dev.tandem.api.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.service.ImportService;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/collections/{name}/documents:import}. A route of Vert.x, as a resource would get the body in one piece: here it is read
 * as fast as it can be written, and no faster.
 */
@ApplicationScoped
class ImportRoute {

    private static final String ADDRESS = "/v1/collections/([^/]+)/documents(?::|%3A|%3a)import/?";
    private static final String ANSWER = "application/x-ndjson";
    private static final Set<String> READ =
            Set.of(ANSWER, "application/ndjson", "application/jsonl", "application/json", "application/octet-stream");

    /** After all that looks at requests, before the limit that whole bodies have. */
    private static final int BEFORE_BODY_LIMIT = -10;

    private final ImportService imports;
    private final ImportReader reader;
    private final ObjectMapper mapper;
    private final TransferConfig config;
    private final Slots slots;

    ImportRoute(ImportService imports, ImportReader reader, ObjectMapper mapper, TransferConfig config) {
        this.imports = imports;
        this.reader = reader;
        this.mapper = mapper;
        this.config = config;
        this.slots = new Slots("busy.import", config.imports());
    }

    void register(@Observes Router router) {
        router.routeWithRegex(HttpMethod.POST, ADDRESS).order(BEFORE_BODY_LIMIT).handler(this::begin);
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        // Whatever the answer: a caller who is still sending would not hear it, and the connection not be free for the
        // next.
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
        ImportParameters parameters = ImportParameters.of(context.queryParams(), request.headers());
        String collection = URLDecoder.decode(context.pathParam("param0"), StandardCharsets.UTF_8);
        Runnable release = slots.take();
        imports.open(collection)
                .subscribe()
                .with(
                        ignored -> stream(context, collection, parameters, isGzip(coding), release)
                                .begin(),
                        failure -> {
                            release.run();
                            context.fail(failure);
                        });
    }

    private ImportStream stream(
            RoutingContext context, String collection, ImportParameters parameters, boolean isGzip, Runnable release) {
        context.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, ANSWER);
        return new ImportStream(
                context,
                isGzip ? new Gunzip() : null,
                new ImportStream.Steps(
                        pieces -> imports.prepare(collection, () -> pieces.stream()
                                .map(piece -> reader.read(piece, parameters.author()))
                                .toList()),
                        batch -> imports.write(batch, parameters.options())),
                new LineWriter(context, mapper, parameters.tellsAll()),
                Math.toIntExact(config.longestLine().asLongValue()),
                release);
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
