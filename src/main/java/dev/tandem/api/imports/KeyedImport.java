package dev.tandem.api.imports;

import dev.tandem.api.imports.lines.LineDigest;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportService;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Executes an import once, however often it is sent. A short one is written in one transaction together with its answer. A longer one
 * becomes a job, which is the answer.
 */
final class KeyedImport implements ImportDestination {

    private final ImportService imports;
    private final String collection;
    private final ImportOptions options;
    private final WholeAnswer answer;
    private final Uni<SpooledImport> spool;

    private final List<RawLine> held = new ArrayList<>();
    private @Nullable SpooledImport job;
    private boolean hasVanished;

    /** @param spool opens the place for the lines if they are too many for one transaction */
    KeyedImport(
            ImportService imports,
            String collection,
            ImportOptions options,
            WholeAnswer answer,
            Uni<SpooledImport> spool) {
        this.imports = imports;
        this.collection = collection;
        this.options = options;
        this.answer = answer;
        this.spool = spool;
    }

    @Override
    public boolean answersLines() {
        return false;
    }

    @Override
    public Uni<@Nullable Throwable> take(List<RawLine> lines) {
        return Uni.createFrom().deferred(() -> write(lines));
    }

    /** Holds back the first batch, because it may be the only one. */
    private Uni<@Nullable Throwable> write(List<RawLine> lines) {
        if (job != null) {
            return job.write(lines);
        }
        if (held.isEmpty()) {
            held.addAll(lines);
            return Uni.createFrom().nullItem();
        }
        return spool.chain(opened -> begin(opened, lines));
    }

    private Uni<@Nullable Throwable> begin(SpooledImport opened, List<RawLine> lines) {
        job = opened;
        if (hasVanished) {
            opened.vanish();
            return Uni.createFrom().nullItem();
        }
        return opened.write(held).chain(() -> opened.write(lines));
    }

    @Override
    public Uni<Void> end(@Nullable Throwable failure) {
        if (job != null) {
            return job.end(failure);
        }
        if (failure != null) {
            return answer.failure(failure);
        }
        LineDigest digest = new LineDigest();
        digest.add(held);
        return answer.lines(
                digest.end(),
                held.size(),
                imports.prepare(collection, held, options).chain(batch -> imports.write(collection, batch, options)));
    }

    @Override
    public void vanish() {
        hasVanished = true;
        if (job != null) {
            job.vanish();
        }
    }
}
