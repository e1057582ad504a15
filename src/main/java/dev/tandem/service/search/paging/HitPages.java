package dev.tandem.service.search.paging;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.domain.search.ranked.HitList;
import dev.tandem.factory.Identities;
import dev.tandem.repository.HitListRepository;
import dev.tandem.service.Portions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;

/**
 * Keeps what a search has found for its further pages, so that these are of the same state of the index, whichever replica and engine they
 * are asked of. A list is stored only if it has more hits than the first page shows.
 */
@ApplicationScoped
public class HitPages {

    private static final int DELETED_AT_ONCE = 100;

    private final UnitOfWork unitOfWork;
    private final HitListRepository lists;
    private final Identities identities;
    private final PagesConfig config;

    HitPages(UnitOfWork unitOfWork, HitListRepository lists, Identities identities, PagesConfig config) {
        this.unitOfWork = unitOfWork;
        this.lists = lists;
        this.identities = identities;
        this.config = config;
    }

    /** The id of a new list. */
    public UUID nextId() {
        return identities.next();
    }

    /** How many hits a list has at most: no fewer than the first page may have. */
    public int depth(SearchQuery query) {
        return Math.max(config.depth(), query.limit());
    }

    /**
     * The list that a page is of.
     *
     * <p>Fails with {@link Refusal.Malformed} if it is the list of another search, and with {@link Refusal.Rejected} if it is not kept any more or
     * was not counted as the query wants it.
     */
    public Uni<HitList> find(Collection owner, SearchQuery query, HitPlace from) {
        return lists.find(from.listId())
                .onItem()
                .ifNull()
                .failWith(HitPages::expired)
                .invoke(list -> check(owner, query, list));
    }

    /** What has the name of a collection may be another one now. */
    private static void check(Collection owner, SearchQuery query, HitList list) {
        if (!list.collectionId().equals(owner.id())
                || !list.fingerprint().equals(query.page().fingerprint())) {
            throw new Refusal.Malformed(
                    "cursor.foreign",
                    "/cursor",
                    "This cursor does not come from a page of this search. Send another search without a cursor.");
        }
        if (query.page().hasTotal() && list.total() == null) {
            throw new Refusal.Rejected(
                    "/total", "search.total.later", "The total is counted for the first page, or not at all.");
        }
    }

    /** The refusal of a page whose list, or what its hits show, is gone. */
    public static Refusal expired() {
        return new Refusal.Rejected(
                "/cursor",
                "cursor.expired",
                "The pages of this search are not kept any more. Send it again, without a cursor.");
    }

    /**
     * A page as the client gets it.
     *
     * @param isNew whether it is the first page, so that the list is to be kept if others follow
     */
    public Uni<SearchResult> finished(HitList list, boolean isNew, SearchResult page) {
        if (page.next() != null) {
            return isNew ? keep(list).replaceWith(page) : Uni.createFrom().item(page);
        }
        return Uni.createFrom().item(list.isCut() ? page.withWarning(ended(list)) : page);
    }

    private static String ended(HitList list) {
        return String.format(
                Locale.ROOT,
                "The pages of a search end after %,d documents, and more match. Narrow the search to see others.",
                list.rankings().size());
    }

    private Uni<Void> keep(HitList list) {
        return unitOfWork
                .heavy()
                .write(() ->
                        lists.add(list, config.lifetime()).chain(() -> lists.evict(config.most(), DELETED_AT_ONCE)))
                .replaceWithVoid();
    }

    /** Deletes lists that have ended, in steps and at most a certain number of them. */
    public Uni<Void> prune() {
        return Portions.each(
                () -> unitOfWork.write(() -> lists.prune(DELETED_AT_ONCE)).map(count -> count == DELETED_AT_ONCE));
    }
}
