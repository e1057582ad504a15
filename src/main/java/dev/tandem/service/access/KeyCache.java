package dev.tandem.service.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.ApiKey;
import dev.tandem.repository.ApiKeyRepository;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The keys that were shown a moment ago, and ids that no key has. So most requests need no database to be let in. */
@Singleton
class KeyCache {

    private static final int MOST = 10_000;

    private final UnitOfWork unitOfWork;
    private final ApiKeyRepository keys;
    private final AsyncCache<String, Optional<ApiKey>> recent;

    KeyCache(UnitOfWork unitOfWork, ApiKeyRepository keys, AccessConfig config) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(config.keyCache())
                .maximumSize(MOST)
                .buildAsync();
    }

    /** The key with this id, as it was at most the configured time ago. Requests that ask at the same time share the answer. */
    Uni<Optional<ApiKey>> find(String id) {
        return CallerContext.keep(Uni.createFrom()
                .completionStage(() -> recent.get(id, (asked, executor) -> unitOfWork
                        .read(() -> keys.find(asked))
                        .map(Optional::ofNullable)
                        .subscribeAsCompletionStage())));
    }

    /** The next request asks the database. */
    void forget(String id) {
        recent.synchronous().invalidate(id);
    }
}
