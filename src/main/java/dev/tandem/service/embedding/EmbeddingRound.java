package dev.tandem.service.embedding;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Embeds due documents in bounded rounds: first some documents of ordinary size from all collections, and then a part of a large one. So
 * neither kind waits for the other, however many there are.
 */
@ApplicationScoped
public class EmbeddingRound {

    private final EmbeddingTasks tasks;
    private final SmallDocuments small;
    private final LargeDocuments large;
    private final ModelCalls calls;

    EmbeddingRound(EmbeddingTasks tasks, SmallDocuments small, LargeDocuments large, ModelCalls calls) {
        this.tasks = tasks;
        this.small = small;
        this.large = large;
        this.calls = calls;
    }

    /** Runs one round. Returns whether there was anything to do. Only one round may run at a time. */
    public Uni<Boolean> run() {
        return giveBackLeftovers()
                .chain(() -> calls.isStopped() ? Uni.createFrom().item(false) : embed())
                .call(() -> calls.isStopped()
                        ? tasks.giveBackAll()
                        : Uni.createFrom().voidItem());
    }

    /** Renews the leases of everything that this replica is embedding. It must be called well before a lease ends. */
    public Uni<Void> renew() {
        return tasks.renew();
    }

    /** Stops embedding on this replica. The present round, or one more, gives the claimed documents back. */
    public void stop() {
        calls.stop();
    }

    private Uni<Boolean> embed() {
        return small.embedSome().chain(any -> large.takeTurn().map(also -> any || also));
    }

    /** Gives back what a failed round still held, for example because the database was unavailable. */
    private Uni<Void> giveBackLeftovers() {
        return tasks.giveBackAllBut(large.inHand());
    }
}
