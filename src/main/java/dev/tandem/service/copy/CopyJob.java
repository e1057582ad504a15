package dev.tandem.service.copy;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.factory.job.CopyDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.CopiedDocumentRepository;
import dev.tandem.service.Portions;
import dev.tandem.service.copy.CopyPlace.Following;
import dev.tandem.service.copy.CopyPlace.Reading;
import dev.tandem.service.copy.CopySource.Changed;
import dev.tandem.service.copy.CopySource.Ends;
import dev.tandem.service.copy.CopySwitch.Look;
import dev.tandem.service.job.JobWork;
import dev.tandem.service.transfer.ImportBatch.Judged;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Copies the documents of a collection, the source, into another one, its successor. First it reads all of them, by id. Then it follows the
 * change log of the source from the place where that was when the first of them was read, until some time after an alias has been pointed to the successor.
 * Each step reads rows, which are the newest, so what was changed meanwhile is read again and nothing is missed.
 */
@Singleton
class CopyJob implements JobWork {

    private static final int DELETED_AT_ONCE = 5_000;

    private static final JobFailure LOG_LOST = new JobFailure(
            "copy.log_lost",
            "The change log does not go on from where this copy was: it is kept for too short a time, or the database was restored or"
                    + " replaced. Delete the successor, and copy again.");

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final CopiedDocumentRepository copied;
    private final CopySource source;
    private final CopyLines lines;
    private final CopyWriter writer;
    private final CopySwitch ending;

    CopyJob(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            CopiedDocumentRepository copied,
            CopySource source,
            CopyLines lines,
            CopyWriter writer,
            CopySwitch ending) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.copied = copied;
        this.source = source;
        this.lines = lines;
        this.writer = writer;
        this.ending = ending;
    }

    @Override
    public String kind() {
        return JobKind.COPY.word();
    }

    @Override
    public Uni<Void> sweep() {
        return Portions.each(() ->
                unitOfWork.write(() -> copied.prune(kind(), DELETED_AT_ONCE)).map(count -> count == DELETED_AT_ONCE));
    }

    @Override
    public Uni<Prepared> prepare(Job job) {
        String cursor = job.cursor();
        if (cursor == null) {
            return unitOfWork
                    .read(source::end)
                    .map(end -> ready(Step.to(new Reading(CopyPlace.BEGINNING, end).text())));
        }
        return switch (CopyPlace.of(cursor)) {
            case Reading place -> read(job, place);
            case Following place -> follow(job, place);
        };
    }

    private static Prepared ready(Step step) {
        return () -> Uni.createFrom().item(step);
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if one of them has been deleted. */
    private Uni<Ends> ends(Job job) {
        CopyDraft draft = CopyDraft.of(job.parameters());
        return collections.get(draft.source(), draft.name()).chain(from -> collections
                .get(job.collectionId(), job.collection())
                .map(to -> new Ends(from, to)));
    }

    private record Page(Ends ends, List<DocumentState> read) {}

    private Uni<Prepared> read(Job job, Reading place) {
        return unitOfWork
                .heavy()
                .readOneState(() ->
                        ends(job).chain(ends -> source.read(ends, place.after()).map(read -> new Page(ends, read))))
                .chain(page -> judged(page.ends, page.read)
                        .map(judged -> page.read.isEmpty()
                                ? ready(Step.to(new Following(null, place.position()).text())
                                        .total(job.done() + job.failed()))
                                : () -> put(job, place, page, judged)));
    }

    private Uni<List<Judged>> judged(Ends ends, List<DocumentState> read) {
        return read.isEmpty() ? Uni.createFrom().item(List.of()) : lines.of(ends, read);
    }

    private Uni<Step> put(Job job, Reading place, Page page, List<Judged> judged) {
        Reading next = new Reading(page.read.getLast().document().id(), place.position());
        return writer.put(job.id(), page.ends.successor(), page.read, judged)
                .map(step -> step.to(Step.to(next.text()), Map.of()));
    }

    private record News(Ends ends, Look look, Changed changed) {}

    private Uni<Prepared> follow(Job job, Following place) {
        long behind = behind(job);
        // Before the log is read, so that it has everything of the time that is over.
        Instant since = ending.now();
        return unitOfWork
                .heavy()
                .readOneState(() -> ends(job).chain(ends -> ending.look(place, ends.source(), since)
                        .chain(look -> source.changed(ends, place.position(), behind == 0)
                                .map(changed -> changed == null ? null : new News(ends, look, changed)))))
                .chain(news -> news == null
                        ? Uni.createFrom().item(ready(Step.fail(LOG_LOST)))
                        : judged(news.ends, news.changed.present())
                                .map(judged -> () -> apply(job, news, judged).chain(done -> ending.next(
                                                job, place, news.changed, news.look)
                                        .map(next -> done.to(
                                                next.total(total(job, done)), caughtUp(behind, news.changed))))));
    }

    /** First what is gone: its key may belong to another document by now. */
    private Uni<CopyStep> apply(Job job, News news, List<Judged> judged) {
        Collection successor = news.ends.successor();
        return writer.remove(job.id(), successor, news.changed.gone())
                .chain(removed -> writer.put(job.id(), successor, news.changed.present(), judged)
                        .map(removed::then));
    }

    /** All documents that the source has by now, as far as the copy knows. */
    private static long total(Job job, CopyStep step) {
        return job.done() + job.failed() + step.tally().total();
    }

    private static long behind(Job job) {
        return job.counts().getOrDefault(CopyStep.BEHIND, 0L);
    }

    /** How many changes the copy is behind is counted again when it has applied as many as were counted, because counting takes time. */
    private static Map<String, Long> caughtUp(long before, Changed changed) {
        Long counted = changed.behind();
        long now = counted == null ? Math.max(0, before - changed.read()) : counted;
        return Map.of(CopyStep.BEHIND, now - before);
    }
}
