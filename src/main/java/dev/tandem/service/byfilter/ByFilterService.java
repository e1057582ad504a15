package dev.tandem.service.byfilter;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.ByFilterDraft;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes by filter. A few documents are changed at once, all or none of them; many are changed by a job. */
@ApplicationScoped
public class ByFilterService {

    private final MatchCount matches;
    private final DeleteByFilter deletion;
    private final UpdateByFilter update;
    private final ByFilterAtOnce atOnce;
    private final ByFilterJobs jobs;

    ByFilterService(
            MatchCount matches,
            DeleteByFilter deletion,
            UpdateByFilter update,
            ByFilterAtOnce atOnce,
            ByFilterJobs jobs) {
        this.matches = matches;
        this.deletion = deletion;
        this.update = update;
        this.atOnce = atOnce;
        this.jobs = jobs;
    }

    /** How many documents match. Fails with {@link Refusal.TooMany} if they are more than the request allows. */
    public Uni<Long> count(String collection, ByFilterDraft draft) {
        return checked(draft).chain(() -> matches.of(collection, draft));
    }

    /**
     * Deletes the documents.
     *
     * @param async always use a job, however few the documents are
     */
    public Uni<ByFilterAnswer> delete(String collection, ByFilterDraft draft, boolean async) {
        return change(deletion, collection, draft, async);
    }

    /**
     * Patches the documents.
     *
     * @param async always use a job, however few the documents are
     */
    public Uni<ByFilterAnswer> update(String collection, ByFilterDraft draft, boolean async) {
        return checked(draft).chain(() -> change(update, collection, draft, async));
    }

    /** Within the work, and not before: what was answered in time is answered again later. */
    private Uni<Void> checked(ByFilterDraft draft) {
        return Uni.createFrom().voidItem().invoke(() -> update.check(draft));
    }

    private Uni<ByFilterAnswer> change(ByFilterWork work, String collection, ByFilterDraft draft, boolean async) {
        if (async && draft.maxAffected() == null) {
            // A filter that cannot be read is refused now, not in the job.
            draft.toFilter();
            // Counting may take longer than a request may. The job counts for itself.
            return jobs.begin(work, collection, draft, null);
        }
        return matches.of(collection, draft)
                .chain(matched -> async || !atOnce.isFew(matched)
                        ? jobs.begin(work, collection, draft, matched)
                        : atOnce.change(work, collection, draft)
                                .onFailure(ByFilterAtOnce.TooMuch.class)
                                .recoverWithUni(failure -> jobs.begin(work, collection, draft, matched)));
    }
}
