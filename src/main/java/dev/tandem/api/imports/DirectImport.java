package dev.tandem.api.imports;

import dev.tandem.domain.transfer.RawLine;
import dev.tandem.service.transfer.ImportBatch;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportOutcome;
import dev.tandem.service.transfer.ImportService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lines as they arrive, and answers them as they are written. */
final class DirectImport implements ImportDestination {

    private final HttpServerResponse response;
    private final ImportService imports;
    private final String collection;
    private final ImportOptions options;
    private final ImportAnswer answer;

    DirectImport(
            HttpServerResponse response,
            ImportService imports,
            String collection,
            ImportOptions options,
            ImportAnswer answer) {
        this.response = response;
        this.imports = imports;
        this.collection = collection;
        this.options = options;
        this.answer = answer;
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, ImportAnswer.MEDIA_TYPE);
    }

    @Override
    public boolean answersLines() {
        return true;
    }

    @Override
    public Uni<@Nullable Throwable> take(List<RawLine> lines) {
        answer.receive(lines.size());
        Uni<ImportBatch> prepared =
                imports.prepare(collection, lines, options).memoize().indefinitely();
        // This starts the preparation. A failure is reported when the batch is written.
        prepared.subscribe().with(ignored -> {}, ignored -> {});
        return prepared.chain(batch -> imports.write(collection, batch, options))
                .map(this::answer);
    }

    private @Nullable Throwable answer(ImportOutcome outcome) {
        Buffer lines = answer.lines(outcome.results());
        if (lines.length() > 0) {
            response.write(lines);
        }
        return outcome.ending();
    }

    @Override
    public Uni<Void> end(@Nullable Throwable failure) {
        response.end(answer.end(failure));
        return Uni.createFrom().voidItem();
    }

    @Override
    public void vanish() {
        // Written lines stay, and nothing else is stored.
    }
}
