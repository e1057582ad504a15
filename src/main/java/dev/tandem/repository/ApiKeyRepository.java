package dev.tandem.repository;

import dev.tandem.database.entity.ApiKeyEntity;
import dev.tandem.database.mapper.ApiKeyMapper;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys. */
@Singleton
public class ApiKeyRepository {

    private static final String USED = """
            update api_key set last_used_at = to_timestamp(used.at)
            from unnest(cast(:ids as text[]), cast(:times as bigint[])) as used (id, at)
            where api_key.id = used.id and (last_used_at is null or last_used_at < to_timestamp(used.at))
            """;

    private final ApiKeyMapper mapper;

    ApiKeyRepository(ApiKeyMapper mapper) {
        this.mapper = mapper;
    }

    public Uni<Void> add(ApiKey key) {
        return mapper.toEntity(key).persistAndFlush().replaceWithVoid();
    }

    /** Null if there is no such key. */
    public Uni<@Nullable ApiKey> find(String id) {
        return ApiKeyEntity.<ApiKeyEntity>findById(id).map(row -> row == null ? null : mapper.toDomain(row));
    }

    /** Fails with {@link Refusal.NotFound} if there is no such key. */
    public Uni<ApiKey> get(String id) {
        return find(id).onItem().ifNull().failWith(() -> Refusal.NotFound.of(ApiKey.NOUN, id));
    }

    /** Keys in the order of their ids, from the one after {@code after} on; null starts at the beginning. */
    public Uni<Page<ApiKey>> list(@Nullable String after, int limit) {
        return Pages.read(
                limit, atMost -> ApiKeyEntity.<ApiKeyEntity>find("id > ?1", Sort.by("id"), after == null ? "" : after)
                        .page(0, atMost)
                        .list()
                        .map(rows -> rows.stream().map(mapper::toDomain).toList()));
    }

    /** Replaces the secrets of a key. Answers whether the key exists. */
    public Uni<Boolean> rotate(ApiKey key) {
        ApiKeyEntity row = mapper.toEntity(key);
        return ApiKeyEntity.update(
                        "secretHash = ?1, formerHash = ?2, formerUntil = ?3 where id = ?4",
                        row.secretHash,
                        row.formerHash,
                        row.formerUntil,
                        row.id)
                .map(count -> count == 1);
    }

    /** Answers whether the key existed. */
    public Uni<Boolean> remove(String id) {
        return ApiKeyEntity.deleteById(id);
    }

    /** Notes when keys were used. */
    public Uni<Void> used(Map<String, Instant> uses) {
        return Panache.getSession().chain(session -> session.createNativeQuery(USED)
                .setParameter("ids", Columns.texts(List.copyOf(uses.keySet()), id -> id))
                .setParameter("times", Columns.numbers(List.copyOf(uses.values()), Instant::getEpochSecond))
                .executeUpdate()
                .replaceWithVoid());
    }
}
