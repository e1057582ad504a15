package dev.tandem.service.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.AmountRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Refuses what would be more than may be stored. Each check runs in the transaction that stores it. Several that run at once may pass a
 * limit together by what they store.
 */
@Singleton
public class Quotas {

    private static final int COLLECTIONS = 10_000;

    private final QuotaConfig config;
    private final AmountRepository amounts;
    private final Estimate spool = new Estimate();
    private final Cache<UUID, Estimate> documents = Caffeine.newBuilder()
            .maximumSize(COLLECTIONS)
            .executor(Runnable::run)
            .build();

    Quotas(QuotaConfig config, AmountRepository amounts) {
        this.config = config;
        this.amounts = amounts;
    }

    /** Fails with {@link Refusal.Full} if there are as many collections as there may be. */
    public Uni<Void> oneMoreCollection() {
        if (config.collections() == 0) {
            return Uni.createFrom().voidItem();
        }
        return refuseUnless(
                amounts.collections().map(count -> count < config.collections()),
                () -> new Refusal.Full("quota.collections", "There are as many collections as there may be."));
    }

    /** Fails with {@link Refusal.Full} if the collection would have more documents than it may. */
    public Uni<Void> moreDocuments(Collection owner, int more) {
        if (config.documents() == 0) {
            return Uni.createFrom().voidItem();
        }
        return refuseUnless(
                documents
                        .get(owner.id(), ignored -> new Estimate())
                        .admits(more, config.documents(), () -> amounts.documents(owner.id())),
                () -> new Refusal.Full("quota.documents", "The collection has as many documents as it may have."));
    }

    /** Fails with {@link Refusal.Full} if lines of imports that wait for jobs would be larger than they may be. */
    public Uni<Void> moreLines(long bytes) {
        long most = config.spool().asLongValue();
        if (most == 0) {
            return Uni.createFrom().voidItem();
        }
        return refuseUnless(
                spool.admits(bytes, most, amounts::spool),
                () -> new Refusal.Full(
                        "quota.spool", "The imports that wait for jobs are as large as they may be. Try again later."));
    }

    /** How many bytes of revisions are kept of each document. */
    public long history() {
        long most = config.history().asLongValue();
        return most == 0 ? Long.MAX_VALUE : most;
    }

    private static Uni<Void> refuseUnless(Uni<Boolean> hasRoom, Supplier<Refusal> refusal) {
        return hasRoom.invoke(room -> {
                    if (!room) {
                        throw refusal.get();
                    }
                })
                .replaceWithVoid();
    }
}
