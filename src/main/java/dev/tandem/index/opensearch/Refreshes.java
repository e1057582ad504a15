package dev.tandem.index.opensearch;

import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes writes visible. Refreshing costs much, and one refresh is enough for all writes that were done before it began. So those that end
 * while one runs wait together for the next one.
 */
final class Refreshes {

    private final Function<String, Uni<Void>> refresh;
    /** For each index that is being refreshed, who waits for the next refresh. */
    private final Map<String, List<UniEmitter<? super Void>>> waiting = new HashMap<>();

    /** @param refresh refreshes the index of that name */
    Refreshes(Function<String, Uni<Void>> refresh) {
        this.refresh = refresh;
    }

    /** Completes when everything that was written to the index before is visible. */
    Uni<Void> of(String index) {
        return CallerContext.keep(Uni.createFrom().emitter(emitter -> arrive(index, emitter)));
    }

    private void arrive(String index, UniEmitter<? super Void> emitter) {
        synchronized (this) {
            List<UniEmitter<? super Void>> next = waiting.get(index);
            if (next != null) {
                next.add(emitter);
                return;
            }
            waiting.put(index, new ArrayList<>());
        }
        run(index, List.of(emitter));
    }

    private void run(String index, List<UniEmitter<? super Void>> served) {
        Uni.createFrom()
                .deferred(() -> refresh.apply(index))
                .subscribe()
                .with(
                        done -> end(index, () -> served.forEach(emitter -> emitter.complete(null))),
                        failure -> end(index, () -> served.forEach(emitter -> emitter.fail(failure))));
    }

    private void end(String index, Runnable tell) {
        List<UniEmitter<? super Void>> next;
        synchronized (this) {
            next = waiting.remove(index);
            if (next != null && !next.isEmpty()) {
                waiting.put(index, new ArrayList<>());
            }
        }
        if (next != null && !next.isEmpty()) {
            run(index, next);
        }
        tell.run();
    }
}
