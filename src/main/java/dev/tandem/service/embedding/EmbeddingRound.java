package dev.tandem.service.embedding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embeds due documents in bounded turns: first some documents of ordinary size of a model, from all its collections, and then a part of a
 * large one. So neither kind waits for the other, however many there are. Each model has turns of its own, so no model waits for another.
 */
@ApplicationScoped
public class EmbeddingRound {

    private final EmbeddingTasks tasks;
    private final SmallDocuments small;
    private final LargeDocuments large;
    private final ModelCalls calls;
    private final Models models;
    private final Lanes lanes;

    EmbeddingRound(
            EmbeddingTasks tasks,
            SmallDocuments small,
            LargeDocuments large,
            ModelCalls calls,
            Models models,
            Lanes lanes) {
        this.tasks = tasks;
        this.small = small;
        this.large = large;
        this.calls = calls;
        this.models = models;
        this.lanes = lanes;
    }

    /**
     * Starts a turn of each model that has something to do and is not busy, and does not wait for it. Returns whether there was any. A turn
     * that failed since the last round fails this one. From {@link #stop} on, a round waits for all turns and gives the claimed documents
     * back. Only one round may run at a time.
     */
    public Uni<Boolean> run() {
        return lanes.outcome()
                .chain(() -> calls.isStopped() ? Uni.createFrom().item(false) : begin())
                .call(() -> calls.isStopped()
                        ? lanes.idle().chain(tasks::giveBackAll)
                        : Uni.createFrom().voidItem());
    }

    /** Completes as soon as no model is busy. */
    Uni<Void> idle() {
        return lanes.idle();
    }

    /** Runs this each time a model has ended its turn. */
    public void whenFree(Runnable next) {
        lanes.whenFree(next);
    }

    /** Renews the leases of everything that this replica is embedding. It must be called well before a lease ends. */
    public Uni<Void> renew() {
        return tasks.renew();
    }

    /** Stops embedding on this replica. The present round, or one more, gives the claimed documents back. */
    public void stop() {
        calls.stop();
    }

    private Uni<Boolean> begin() {
        return giveBackLeftovers().chain(() -> {
            Set<String> notNow = new HashSet<>(models.unavailable());
            notNow.addAll(lanes.busy());
            return small.claim(notNow).chain(some -> {
                notNow.addAll(large.inHand().keySet());
                return large.claim(notNow).map(one -> start(some, one));
            });
        });
    }

    private boolean start(List<Work> small, List<Work> large) {
        Map<String, List<Work>> smallOnes = byModel(small);
        Map<String, List<Work>> largeOnes = byModel(large);
        this.large.inHand().forEach((model, work) -> largeOnes.put(model, List.of(work)));
        Set<String> busy = lanes.busy();
        Set<String> started = new LinkedHashSet<>(smallOnes.keySet());
        started.addAll(largeOnes.keySet());
        started.removeAll(busy);
        started.forEach(model ->
                start(model, smallOnes.getOrDefault(model, List.of()), largeOnes.getOrDefault(model, List.of())));
        return !started.isEmpty();
    }

    private void start(String model, List<Work> some, List<Work> one) {
        List<Work> all = new ArrayList<>(some);
        all.addAll(one);
        lanes.start(
                model, all, Uni.createFrom().deferred(() -> small.embed(some)).chain(() -> large.takeTurn(model, one)));
    }

    private static Map<String, List<Work>> byModel(Collection<Work> work) {
        return work.stream().collect(groupingBy(Work::model, LinkedHashMap::new, toList()));
    }

    /** Gives back what a failed turn still held, for example because the database was unavailable. */
    private Uni<Void> giveBackLeftovers() {
        return tasks.giveBackAllBut(() -> {
            // In this order: what a turn keeps in hand is in hand before its lane is free.
            List<Work> kept = new ArrayList<>(lanes.work());
            kept.addAll(large.inHand().values());
            return kept;
        });
    }
}
