package dev.tandem.api.imports;

import dev.tandem.api.imports.lines.LineDigest;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.service.transfer.ImportSpool;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores lines for a job, and answers with the job when all of them have arrived. */
final class SpooledImport implements ImportDestination {

    private final ImportSpool.Reception reception;
    private final WholeAnswer answer;
    private final LineDigest digest = new LineDigest();
    private final long most;
    private long size;

    /** @param most the largest size of all lines together, in bytes */
    SpooledImport(ImportSpool.Reception reception, WholeAnswer answer, long most) {
        this.reception = reception;
        this.answer = answer;
        this.most = most;
    }

    @Override
    public boolean answersLines() {
        return false;
    }

    @Override
    public Uni<@Nullable Throwable> take(List<RawLine> lines) {
        return Uni.createFrom().deferred(() -> write(lines));
    }

    Uni<@Nullable Throwable> write(List<RawLine> lines) {
        size += RawLine.size(lines);
        if (size > most) {
            throw new Refusal.TooLarge(
                    "import.too_large",
                    "The lines of an import that a job writes may have at most " + most + " bytes.");
        }
        digest.add(lines);
        return reception.add(lines).replaceWith((Throwable) null);
    }

    @Override
    public Uni<Void> end(@Nullable Throwable failure) {
        Uni<Void> answered = failure == null ? answer.job(digest.end(), reception.close()) : answer.failure(failure);
        // After a close, any replica may execute the job. But this request may be a repeated one, or its job may not
        // have been confirmed.
        return answered.chain(reception::abandon);
    }

    @Override
    public void vanish() {
        reception.abandon().subscribe().with(ignored -> {});
    }
}
