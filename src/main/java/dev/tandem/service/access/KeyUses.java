package dev.tandem.service.access;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.repository.ApiKeyRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When keys were used, to the minute. It is collected here and written from time to time, so that using a key costs no statement. */
@Singleton
public class KeyUses {

    private final UnitOfWork unitOfWork;
    private final ApiKeyRepository keys;
    private final Clock clock;
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();

    KeyUses(UnitOfWork unitOfWork, ApiKeyRepository keys, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.clock = clock;
    }

    void note(String keyId) {
        uses.put(keyId, clock.instant().truncatedTo(ChronoUnit.MINUTES));
    }

    /** Writes what was collected. What cannot be written is tried again the next time. */
    public Uni<Void> write() {
        return Uni.createFrom().deferred(() -> {
            Map<String, Instant> written = new HashMap<>(uses);
            return written.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : unitOfWork.write(() -> keys.used(written)).invoke(() -> written.forEach(uses::remove));
        });
    }
}
