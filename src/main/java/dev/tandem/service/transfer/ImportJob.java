package dev.tandem.service.transfer;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.PackedLines;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.ImportPageRepository;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the stored lines of an import, a page at a time. A page's documents, the progress and the deletion of the page are one
 * transaction. So each line is written once, even if a replica dies.
 */
@Singleton
class ImportJob implements JobWork {

    static final String KIND = JobKind.IMPORT.word();

    private static final JobFailure INCOMPLETE =
            new JobFailure("import.incomplete", "Not all of the import's lines arrived. No line has been written.");

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final ImportPageRepository pages;
    private final LineJudge judge;
    private final ImportWriter writer;

    ImportJob(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            ImportPageRepository pages,
            LineJudge judge,
            ImportWriter writer) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.pages = pages;
        this.judge = judge;
        this.writer = writer;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A page of lines as it was stored; empty after the last one. */
    private record Page(
            Collection owner, long ordinal, @Nullable PackedLines lines) {}

    @Override
    public Uni<Prepared> prepare(Job job) {
        if (job.total() == null) {
            return ready(() -> Uni.createFrom().item(Step.fail(INCOMPLETE)));
        }
        ImportOptions options = ImportOptions.of(job.parameters());
        return nextPage(job)
                .chain(page -> page.lines == null
                        ? ready(() -> end(job))
                        : judge.of(page.owner, page.lines::unpack, options)
                                .map(batch -> () -> write(job, page.ordinal, batch, options)));
    }

    private static Uni<Prepared> ready(Prepared piece) {
        return Uni.createFrom().item(piece);
    }

    private Uni<Page> nextPage(Job job) {
        long ordinal = job.cursor() == null ? 1 : Long.parseLong(job.cursor()) + 1;
        return unitOfWork.read(
                () -> collections.get(job.collectionId(), job.collection()).chain(owner -> pages.find(job.id(), ordinal)
                        .map(lines -> new Page(owner, ordinal, lines))));
    }

    private static Uni<Step> end(Job job) {
        Long through = job.done() + job.failed();
        if (!through.equals(job.total())) {
            throw new IllegalStateException("of " + job.total() + " lines only " + through + " were kept");
        }
        return Uni.createFrom().item(Step.end());
    }

    private Uni<Step> write(Job job, long ordinal, ImportBatch batch, ImportOptions options) {
        return writer.write(batch, options)
                .call(() -> pages.delete(job.id(), ordinal))
                .map(outcome -> noted(outcome, ordinal));
    }

    private static Step noted(ImportOutcome outcome, long ordinal) {
        List<LineResult.Accepted> accepted = outcome.accepted();
        List<LineResult.Refused> refused = outcome.refused();
        Refusal ending = outcome.ending();
        Step step = ending == null ? Step.to(String.valueOf(ordinal)) : Step.fail(failure(ending));
        return step.done(accepted.size())
                .failed(
                        refused.size(),
                        refused.stream().flatMap(ImportJob::errors).toList())
                .counts(accepted.stream()
                        .collect(groupingBy(line -> line.effect().word(), counting())))
                .sequence(outcome.sequence());
    }

    private static JobFailure failure(Refusal refusal) {
        return new JobFailure(refusal.code(), refusal.detail());
    }

    private static Stream<JobError> errors(LineResult.Refused line) {
        return line.violations().stream().map(violation -> new JobError(line.line(), line.key(), violation));
    }
}
