package dev.tandem.service.maintenance;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.VectorSetRepository;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWork;
import dev.tandem.service.maintenance.AskedVectors.Left;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a collection's move to another embedding model to its end. First it adds the tasks to make the vectors of all documents, page by
 * page. It waits until they are done and the new index shows them. Then it lets searches use them.
 *
 * <p>A document whose text the model can't embed is parked. It does not hold the move up, and is an error of the job.
 */
@Singleton
class ModelMoveJob implements JobWork.InOneStep {

    static final String KIND = JobKind.MOVE_MODEL.word();

    private static final String UNTIL = "until";
    private static final String SET = "vectorSet";
    /** No set has this number. */
    private static final int NONE = -1;

    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final VectorSetRepository sets;
    private final AskedVectors remaining;
    private final ModelMoves moves;
    private final IndexingService indexing;
    private final JobConfig config;

    ModelMoveJob(
            CollectionRepository collections,
            DocumentPages documents,
            VectorSetRepository sets,
            AskedVectors remaining,
            ModelMoves moves,
            IndexingService indexing,
            JobConfig config) {
        this.collections = collections;
        this.documents = documents;
        this.sets = sets;
        this.remaining = remaining;
        this.moves = moves;
        this.indexing = indexing;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * @param next the set that is to be made; null if the move has already ended
     * @param last the id of the last document; null if there are no documents
     */
    static Map<String, @Nullable Object> parameters(@Nullable VectorSet next, @Nullable UUID last) {
        return Map.of(
                SET,
                Integer.toString(next == null ? NONE : next.number()),
                UNTIL,
                String.valueOf(last == null ? AskedDocuments.BEGINNING : last));
    }

    @Override
    public Uni<Step> step(Job job) {
        return collections.get(job.collectionId(), job.collection()).chain(owner -> {
            VectorSet next = owner.settings().vectors().next();
            if (next == null || next.number() != number(job)) {
                // The move was taken back meanwhile, or has already ended.
                return Uni.createFrom().item(Step.end());
            }
            Long total = job.total();
            return total == null ? ask(job, next) : await(job, total, owner, next);
        });
    }

    private static int number(Job job) {
        return Integer.parseInt(String.valueOf(job.parameters().get(SET)));
    }

    private Uni<Step> ask(Job job, VectorSet next) {
        AskedDocuments before = AskedDocuments.of(job.cursor());
        UUID until = UUID.fromString(String.valueOf(job.parameters().get(UNTIL)));
        return documents
                .lockAll(job.collectionId(), before.last(), until, config.step())
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(Step.to(before.cursor()).total(before.count()))
                        : sets.make(job.id(), next, ids)
                                .replaceWith(Step.to(before.and(ids).cursor())));
    }

    private Uni<Step> await(Job job, long total, Collection owner, VectorSet next) {
        // Another job of the same move may have taken over documents that this one has asked for.
        return sets.isUnderWay(owner.id(), next).chain(isUnderWay -> remaining
                .of(job, total)
                .chain(left -> isUnderWay
                        ? Uni.createFrom().item(Step.pause().done(left.done()))
                        : whenMade(job, left, owner, next)));
    }

    private Uni<Step> whenMade(Job job, Left left, Collection owner, VectorSet next) {
        Step waiting = Step.pause().done(left.done());
        String since = job.cursor();
        if (job.sequence() == 0 || since == null) {
            return moves.made(owner)
                    .map(made -> waiting.sequence(made.sequence()).at(made.at().toString()));
        }
        if (!indexing.shows(owner, next, job.sequence())) {
            return Uni.createFrom().item(waiting);
        }
        return collections
                .lock(owner.name())
                .chain(locked -> moves.arrive(locked, next, Instant.parse(since)))
                .chain(hasArrived ->
                        hasArrived ? remaining.end(job, left) : Uni.createFrom().item(waiting));
    }
}
