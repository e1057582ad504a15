package dev.tandem.service.search;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.repository.CollectionLookup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Runs several searches of a collection, one after the other, within the time that one may take. None fails because of another one. */
@ApplicationScoped
public class SearchBatch {

    public static final int MOST = 64;

    /** In characters that are shown. What comes after it is left out: an answer is in memory as a whole. */
    private static final long LARGEST_ANSWER = 8 << 20;

    private final CollectionLookup collections;
    private final SearchService searches;
    private final SearchConfig config;

    SearchBatch(CollectionLookup collections, SearchService searches, SearchConfig config) {
        this.collections = collections;
        this.searches = searches;
        this.config = config;
    }

    /** One of the searches. */
    public sealed interface Asked {

        record Search(SearchDraft draft) implements Asked {}

        /** What can't be read as a search. */
        record Unreadable(Refusal why) implements Asked {}
    }

    /** What became of a search. */
    public sealed interface Outcome {

        record Found(SearchResult result) implements Outcome {}

        record Failed(Throwable failure) implements Outcome {}
    }

    /**
     * The outcomes of the searches, in their order.
     *
     * <p>Fails with {@link Refusal.NotFound} if there is no such collection, and with {@link Refusal.Rejected} if the searches are none or too many.
     */
    public Uni<List<Outcome>> search(String collection, Scope scope, List<Asked> searched) {
        if (searched.isEmpty() || searched.size() > MOST) {
            return Uni.createFrom().failure(amount());
        }
        return collections.get(collection).chain(owner -> {
            Progress progress =
                    new Progress(System.nanoTime() + config.deadline().toNanos());
            return Multi.createFrom()
                    .iterable(searched)
                    .onItem()
                    .transformToUniAndConcatenate(asked -> switch (asked) {
                        case Asked.Search(var draft) -> outcome(progress, owner, scope, draft);
                        case Asked.Unreadable(var why) -> Uni.createFrom().item(new Outcome.Failed(why));
                    })
                    .collect()
                    .asList();
        });
    }

    /** The refusal of a batch that has no searches or too many. */
    public static Refusal amount() {
        return new Refusal.Rejected("/searches", "searches.amount", "A batch has 1 to " + MOST + " searches.");
    }

    /** How far a batch has come. */
    private static final class Progress {

        private final long end;
        private long characters;

        Progress(long end) {
            this.end = end;
        }
    }

    private Uni<Outcome> outcome(Progress progress, Collection owner, Scope scope, SearchDraft draft) {
        if (progress.characters > LARGEST_ANSWER) {
            return Uni.createFrom().item(new Outcome.Failed(full()));
        }
        if (draft.page() != null && draft.page().isPaged()) {
            return Uni.createFrom().item(new Outcome.Failed(SearchDraft.PageDraft.alone()));
        }
        return searches.search(owner, scope, draft, Duration.ofNanos(progress.end - System.nanoTime()))
                // What nobody is shown is not kept until the others have been answered too.
                .map(SearchResult::onlyShown)
                .invoke(result -> progress.characters += result.characters())
                .onItemOrFailure()
                .transform(
                        (result, failure) -> failure == null ? new Outcome.Found(result) : new Outcome.Failed(failure));
    }

    private static Refusal full() {
        return new Refusal.TooLarge(
                "searches.answer_full", "The answers to the searches before this one are large. Send it by itself.");
    }
}
