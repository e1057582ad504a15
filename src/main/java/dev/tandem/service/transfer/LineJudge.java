package dev.tandem.service.transfer;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.transfer.ImportBatch.Judged;
import dev.tandem.service.transfer.LineReader.ReadLine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks for each line of an import whether it contains a document that may be written. Nothing is written yet. */
@Singleton
class LineJudge {

    private final LineReader reader;
    private final DocumentFactory factory;
    private final JudgingThreads threads;

    LineJudge(LineReader reader, DocumentFactory factory, JudgingThreads threads) {
        this.reader = reader;
        this.factory = factory;
        this.threads = threads;
    }

    /**
     * Reads and checks lines on a thread that may take its time.
     *
     * @param lines called on that thread too
     */
    Uni<ImportBatch> of(Collection owner, Supplier<List<RawLine>> lines, @Nullable String author) {
        return threads.judgeLines(() -> new ImportBatch(
                owner,
                lines.get().stream().map(line -> judged(owner, line, author)).toList()));
    }

    private Judged judged(Collection owner, RawLine line, @Nullable String author) {
        try {
            ReadLine read = reader.read(line, author);
            DocumentState document = factory.replacement(owner, read.draft(), read.chunks());
            return new Judged.Sound(line.number(), document, read.ifVersion());
        } catch (Refusal refusal) {
            return new Judged.Unsound(line.number(), reader.keyOf(line), refusal);
        }
    }
}
