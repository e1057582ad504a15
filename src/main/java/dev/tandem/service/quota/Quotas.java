package dev.tandem.service.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.AmountRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what would be more than may be stored. Each check runs in the transaction that stores it. Several that run at once may pass a
 * limit together by what they store.
 */
@Singleton
public class Quotas {

    private static final int KNOWN = 10_000;

    private final QuotaConfig config;
    private final AmountRepository amounts;
    private final Estimate spool = new Estimate();
    private final Cache<String, Estimate> spoolOfAuthor = estimates();
    private final Cache<UUID, Estimate> documents = estimates();

    Quotas(QuotaConfig config, AmountRepository amounts) {
        this.config = config;
        this.amounts = amounts;
    }

    private static <K> Cache<K, Estimate> estimates() {
        return Caffeine.newBuilder().maximumSize(KNOWN).executor(Runnable::run).build();
    }

    /** Fails with {@link Refusal.Full} if there are as many collections as there may be, or as many of this creator's as one may make. */
    public Uni<Void> oneMoreCollection(Principal creator) {
        if (config.collections() == 0) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> ofAll = refuseUnless(
                amounts.collections().map(count -> count < config.collections()),
                () -> new Refusal.Full("quota.collections", "There are as many collections as there may be."));
        if (!creator.isNamed()) {
            return ofAll;
        }
        return ofAll.chain(() -> refuseUnless(
                amounts.collections(creator.name()).map(count -> count < ofOne(config.collections())),
                () -> new Refusal.Full("quota.collections", "You have made as many collections as one caller may.")));
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

    /**
     * Fails with {@link Refusal.Full} if lines of imports that wait for jobs would be larger than they may be, or those of this author.
     *
     * @param author null if nobody is known
     */
    public Uni<Void> moreLines(@Nullable String author, long bytes) {
        long most = config.spool().asLongValue();
        if (most == 0) {
            return Uni.createFrom().voidItem();
        }
        // First those of the author: one that asks again and again takes no room from the others meanwhile.
        return moreLinesOf(author, bytes, most)
                .chain(() -> refuseUnless(
                        spool.admits(bytes, most, amounts::spool),
                        () -> new Refusal.Full(
                                "quota.spool",
                                "The imports that wait for jobs are as large as they may be. Try again later.")));
    }

    private Uni<Void> moreLinesOf(@Nullable String author, long bytes, long most) {
        if (author == null) {
            return Uni.createFrom().voidItem();
        }
        Estimate own = spoolOfAuthor.get(author, ignored -> new Estimate());
        return refuseUnless(
                own.admits(bytes, ofOne(most), () -> amounts.spool(author)),
                () -> new Refusal.Full(
                        "quota.spool",
                        "Your imports that wait for jobs are as large as they may be. Try again later."));
    }

    private long ofOne(long most) {
        return (long) (most * config.share());
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
