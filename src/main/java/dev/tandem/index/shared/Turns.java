package dev.tandem.index.shared;

import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that is done one after the other, in the order of its arrival, without blocking anybody. */
final class Turns {

    private final Deque<UniEmitter<? super Void>> waiting = new ArrayDeque<>();
    private boolean isTaken;

    /** The work, when it is its turn. */
    <T> Uni<T> take(Supplier<Uni<T>> work) {
        return CallerContext.keep(Uni.createFrom().<Void>emitter(this::arrive))
                .chain(() ->
                        Uni.createFrom().deferred(work::get).onTermination().invoke(this::next));
    }

    private void arrive(UniEmitter<? super Void> emitter) {
        synchronized (this) {
            if (isTaken) {
                waiting.add(emitter);
                return;
            }
            isTaken = true;
        }
        emitter.complete(null);
    }

    private void next() {
        UniEmitter<? super Void> following = following();
        if (following != null) {
            following.complete(null);
        }
    }

    private synchronized @Nullable UniEmitter<? super Void> following() {
        UniEmitter<? super Void> following = waiting.poll();
        isTaken = following != null;
        return following;
    }
}
