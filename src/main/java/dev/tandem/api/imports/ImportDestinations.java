package dev.tandem.api.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.http.TransferConfig;
import dev.tandem.api.idempotency.Answers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportService;
import dev.tandem.service.transfer.ImportSpool;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Opens the destination that a request asks for. */
@Singleton
class ImportDestinations {

    private final ImportService imports;
    private final ImportSpool spool;
    private final ObjectMapper mapper;
    private final IdempotentPosts once;
    private final Answers answers;
    private final long largestKept;

    ImportDestinations(
            ImportService imports,
            ImportSpool spool,
            ObjectMapper mapper,
            IdempotentPosts once,
            Answers answers,
            TransferConfig config) {
        this.imports = imports;
        this.spool = spool;
        this.mapper = mapper;
        this.once = once;
        this.answers = answers;
        this.largestKept = config.largestKept().asLongValue();
    }

    /**
     * The destination of an import's lines. Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection.
     *
     * @param isKeyed whether the request has an Idempotency-Key
     */
    Uni<? extends ImportDestination> of(
            RoutingContext context, String collection, ImportParameters parameters, boolean isKeyed) {
        ImportOptions options = parameters.options();
        WholeAnswer answer = new WholeAnswer(context, once, answers, mapper, parameters.tellsAll());
        Uni<SpooledImport> spooled =
                spool.open(collection, options).map(reception -> new SpooledImport(reception, answer, largestKept));
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
}
