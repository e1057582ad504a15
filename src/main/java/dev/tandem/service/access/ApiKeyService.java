package dev.tandem.service.access;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.access.KeyText;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.access.ScopedKeyText;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.access.ApiKeyDraft;
import dev.tandem.factory.access.ApiKeyFactory;
import dev.tandem.factory.access.ApiKeyFactory.Made;
import dev.tandem.factory.access.ScopedKeyFactory;
import dev.tandem.repository.ApiKeyRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of keys. The root manages all keys. Other principals make keys that allow no more than they may do themselves, and see and
 * change those keys only that allow no more.
 */
@ApplicationScoped
public class ApiKeyService {

    private final UnitOfWork unitOfWork;
    private final ApiKeyRepository keys;
    private final ApiKeyFactory factory;
    private final ScopedKeyFactory scoped;
    private final KeyCache cache;
    private final Audit audit;

    ApiKeyService(
            UnitOfWork unitOfWork,
            ApiKeyRepository keys,
            ApiKeyFactory factory,
            ScopedKeyFactory scoped,
            KeyCache cache,
            Audit audit) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.factory = factory;
        this.scoped = scoped;
        this.cache = cache;
        this.audit = audit;
    }

    /** Adds a key. */
    public Uni<Made> create(Principal creator, ApiKeyDraft draft, String requestId) {
        return Uni.createFrom()
                .item(() -> factory.create(draft, creator))
                .chain(made -> unitOfWork.write(() -> keys.add(made.key())
                        .chain(() -> audit.add(creator, "key made", made.key().id(), requestId))
                        .replaceWith(made)));
    }

    /** The keys that the principal manages, in the order of their ids, from the one after {@code after} on. */
    public Uni<Page<ApiKey>> list(Principal principal, @Nullable String after, int limit) {
        return unitOfWork
                .read(() -> gather(principal, after, limit + 1, new ArrayList<>()))
                .map(found -> Page.of(found, limit));
    }

    private Uni<List<ApiKey>> gather(Principal principal, @Nullable String after, int wanted, List<ApiKey> found) {
        return keys.list(after, wanted).chain(page -> {
            page.items().stream().filter(key -> manages(principal, key)).forEach(found::add);
            return page.hasMore() && found.size() < wanted
                    ? gather(principal, page.items().getLast().id(), wanted, found)
                    : Uni.createFrom().item(found.subList(0, Math.min(wanted, found.size())));
        });
    }

    /** Fails with {@link Refusal.NotFound} if there is no such key that the principal manages. */
    public Uni<ApiKey> get(Principal principal, String id) {
        return unitOfWork.read(() -> managed(principal, id));
    }

    /**
     * Gives a key another secret. The former one stays valid for the overlap. Fails as {@link #get} does.
     *
     * @param overlap null if the former secret ends at once
     */
    public Uni<Made> rotate(Principal principal, String id, @Nullable String overlap, String requestId) {
        return unitOfWork
                .write(() -> managed(principal, id).chain(key -> {
                    Made made = factory.rotate(key, overlap);
                    return keys.rotate(made.key())
                            .invoke(isThere -> require(isThere, id))
                            .chain(() -> audit.add(principal, "key rotated", id, requestId))
                            .replaceWith(made);
                }))
                .invoke(() -> cache.forget(id));
    }

    /** Revokes a key, and every key that was made from it. Fails as {@link #get} does. */
    public Uni<Void> revoke(Principal principal, String id, String requestId) {
        return unitOfWork
                .write(() -> managed(principal, id)
                        .chain(() -> keys.remove(id))
                        .invoke(isThere -> require(isThere, id))
                        .chain(() -> audit.add(principal, "key revoked", id, requestId)))
                .invoke(() -> cache.forget(id));
    }

    /**
     * Makes a key from a key, as its holder could without asking.
     *
     * @param parent the holder's key
     */
    public Uni<ScopedKeyText> scope(
            KeyText parent, @Nullable Map<String, @Nullable Object> filter, @Nullable String expires) {
        return cache.find(parent.id()).map(found -> {
            ApiKey key = found.orElseThrow(() -> Refusal.NotFound.of(ApiKey.NOUN, parent.id()));
            if (key.grants().allowSomewhere(Right.WRITE)) {
                throw new Refusal.Rejected(
                        "", "key.scope.parent", "Scoped keys are made from a key that may only read.");
            }
            return scoped.create(parent, filter, expires);
        });
    }

    private Uni<ApiKey> managed(Principal principal, String id) {
        return keys.get(id).invoke(key -> require(manages(principal, key), id));
    }

    private static boolean manages(Principal principal, ApiKey key) {
        return principal.isRoot() || !principal.isNamed() || principal.grants().include(key.grants());
    }

    private static void require(boolean isThere, String id) {
        if (!isThere) {
            throw Refusal.NotFound.of(ApiKey.NOUN, id);
        }
    }
}
