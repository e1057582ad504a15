package dev.tandem.service.transfer;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.KeyRules;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.transfer.ImportBatch.Judged;
import dev.tandem.service.transfer.LineReader.ReadLine;
import dev.tandem.service.transfer.LineReader.ReadPatch;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/** Checks for each line of an import whether it contains a document or a patch that may be written. Nothing is written yet. */
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
    Uni<ImportBatch> of(Collection owner, Supplier<List<RawLine>> lines, ImportOptions options) {
        return threads.judgeLines(() -> new ImportBatch(
                owner,
                lines.get().stream().map(line -> judged(owner, line, options)).toList()));
    }

    private Judged judged(Collection owner, RawLine line, ImportOptions options) {
        try {
            return options.mode() == ImportMode.MERGE ? patch(line) : whole(owner, line, options);
        } catch (Refusal refusal) {
            return new Judged.Unsound(line.number(), reader.keyOf(line), refusal);
        }
    }

    private Judged whole(Collection owner, RawLine line, ImportOptions options) {
        ReadLine read = reader.read(line, options.author());
        DocumentState document = factory.replacement(owner, read.draft(), read.chunks());
        return new Judged.Whole(line.number(), document, read.ifVersion());
    }

    /** What the patch makes of its document is checked when that is locked. */
    private Judged patch(RawLine line) {
        ReadPatch read = reader.readPatch(line);
        return new Judged.Patch(line.number(), KeyRules.existing(read.key(), "/key"), read.patch(), read.ifVersion());
    }
}
