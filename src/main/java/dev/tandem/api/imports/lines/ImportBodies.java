package dev.tandem.api.imports.lines;

import dev.tandem.api.http.TransferConfig;
import dev.tandem.service.document.JudgingThreads;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Opens the bodies of imports. */
@Singleton
public class ImportBodies {

    private final int longestLine;
    private final JudgingThreads threads;

    ImportBodies(TransferConfig config, JudgingThreads threads) {
        this.longestLine = Math.toIntExact(config.longestLine().asLongValue());
        this.threads = threads;
    }

    /** The body of this request, of which nothing has been read. */
    public ImportBody of(RoutingContext context, boolean isGzip, Form form) {
        return new ImportBody(
                context, lines -> new LineSource(form, isGzip, longestLine, lines), isGzip || !form.isQuick(), threads);
    }
}
