package dev.tandem.service.advice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.advice.UsedFields;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Remembers which fields of the metadata the statements on a collection filter or sort on, and how long those take. It knows what this replica has done
 * since its start. It takes a bounded amount of memory, whatever clients ask for, and no thread waits for another one.
 */
@Singleton
public class FieldUses {

    /** Of these, those that are used least are forgotten. */
    static final int MOST_COLLECTIONS = 256;

    private final Cache<UUID, CollectionUses> collections = Caffeine.newBuilder()
            .maximumSize(MOST_COLLECTIONS)
            .executor(Runnable::run)
            .build();

    FieldUses() {}

    /** The same statement, whose time is counted for the fields that it uses, also if it fails or is canceled. One without such fields costs nothing. */
    public <T> Uni<T> counted(UUID collectionId, UsedFields fields, Uni<T> statement) {
        if (fields.isEmpty()) {
            return statement;
        }
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return statement.onTermination().invoke(() -> of(collectionId).add(fields, System.nanoTime() - begun));
        });
    }

    private CollectionUses of(UUID collectionId) {
        return collections.get(collectionId, ignored -> new CollectionUses());
    }

    /** The fields that are used in a collection, those first that took the most time. */
    public List<FieldUsage> in(UUID collectionId) {
        CollectionUses known = collections.getIfPresent(collectionId);
        return known == null ? List.of() : known.list();
    }
}
