package dev.tandem.work;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** The Vert.x context of the code that subscribes to work. On it, the code that uses a result runs in its own request and on its own event loop. */
public final class CallerContext {

    private CallerContext() {}

    /** The same work, which emits on the Vert.x context of its subscriber, whatever thread it ends on. A subscriber without a context gets the result on that thread. */
    public static <T extends @Nullable Object> Uni<T> keep(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            return caller == null ? work : work.emitOn(MutinyHelper.executor(caller));
        });
    }
}
