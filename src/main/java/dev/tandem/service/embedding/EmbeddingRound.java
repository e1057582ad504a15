package dev.tandem.service.embedding;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Embeds what is due, a bounded piece at a time: some documents of ordinary size, of all collections in turn, and then a part of a large
 * one. So neither kind waits for the other, however much of it there is.
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

    /** Embeds a piece; whether there was anything. One round at a time. */
    public Uni<Boolean> run() {
        return giveBackLeftovers()
                .chain(() -> calls.isStopped() ? Uni.createFrom().item(false) : embed())
                .call(() -> calls.isStopped()
                        ? tasks.giveBackAll()
                        : Uni.createFrom().voidItem());
    }

    /** Renews the leases of everything that is being embedded here. To be called well within a lease. */
    public Uni<Void> renew() {
        return tasks.renew();
    }

    /** Ends what is being embedded here. The present round, or one more, gives it back. */
    public void stop() {
        calls.stop();
    }

    private Uni<Boolean> embed() {
        return small.embedSome().chain(any -> large.takeTurn().map(also -> any || also));
    }

    /** What a round held that failed as a whole, such as when the database was away. */
    private Uni<Void> giveBackLeftovers() {
        return tasks.giveBackAllBut(large.inHand());
    }
}
