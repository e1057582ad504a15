package dev.tandem.service.access;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Deed;
import dev.tandem.domain.access.Principal;
import dev.tandem.factory.Identities;
import dev.tandem.repository.AuditRepository;
import dev.tandem.service.Portions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was done with rights. Changes of keys are written in their transactions. Refusals are counted here and written from time to
 * time, so that somebody who is refused a thousand times a second costs a row and not a thousand.
 */
@Singleton
public class Audit {

    private static final int MOST_KINDS = 1_000;
    private static final int PRUNED_AT_ONCE = 1_000;

    private final UnitOfWork unitOfWork;
    private final AuditRepository entries;
    private final Identities identities;
    private final AccessConfig config;
    private final Map<Kind, Count> counts = new LinkedHashMap<>();

    Audit(UnitOfWork unitOfWork, AuditRepository entries, Identities identities, AccessConfig config) {
        this.unitOfWork = unitOfWork;
        this.entries = entries;
        this.identities = identities;
        this.config = config;
    }

    private record Kind(
            String principal, String action, @Nullable String target) {}

    private record Count(long times, @Nullable String requestId) {

        Count and(Count later) {
            return new Count(times + later.times, later.requestId);
        }
    }

    /** Writes an entry in the present transaction. */
    Uni<Void> add(Principal principal, String action, String target, @Nullable String requestId) {
        return entries.add(
                List.of(new Deed(identities.next(), identities.now(), principal.name(), action, target, 1, requestId)));
    }

    /** Counts something that is written later. When there are too many different ones, new ones are counted without target and principal. */
    public synchronized void count(
            String principal, String action, @Nullable String target, @Nullable String requestId) {
        Kind kind = new Kind(principal, action, target);
        boolean isRoom = counts.containsKey(kind) || counts.size() < MOST_KINDS;
        counts.merge(isRoom ? kind : new Kind("", action, null), new Count(1, requestId), Count::and);
    }

    /** Writes what was counted. What cannot be written is tried again the next time. */
    public Uni<Void> write() {
        return Uni.createFrom().deferred(() -> {
            Map<Kind, Count> taken = take();
            return taken.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : unitOfWork
                            .write(() -> entries.add(deeds(taken)))
                            .onFailure()
                            .invoke(() -> putBack(taken));
        });
    }

    private synchronized Map<Kind, Count> take() {
        Map<Kind, Count> taken = new LinkedHashMap<>(counts);
        counts.clear();
        return taken;
    }

    private synchronized void putBack(Map<Kind, Count> taken) {
        taken.forEach((kind, count) -> counts.merge(kind, count, (later, former) -> former.and(later)));
    }

    private List<Deed> deeds(Map<Kind, Count> taken) {
        List<Deed> deeds = new ArrayList<>();
        taken.forEach((kind, count) -> deeds.add(new Deed(
                identities.next(),
                identities.now(),
                kind.principal(),
                kind.action(),
                kind.target(),
                count.times(),
                count.requestId())));
        return deeds;
    }

    /** Entries, newest first, from the one before {@code before} on; null starts with the newest. */
    public Uni<Page<Deed>> list(@Nullable UUID before, int limit) {
        return unitOfWork.read(() -> entries.list(before, limit));
    }

    /** Deletes entries that are old enough, in steps and at most a certain number of them. */
    public Uni<Void> prune() {
        return Portions.each(() -> unitOfWork
                .write(() -> entries.prune(config.auditRetention(), PRUNED_AT_ONCE))
                .map(count -> count == PRUNED_AT_ONCE));
    }
}
