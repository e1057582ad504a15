package dev.tandem.database.session;

import io.opentelemetry.context.Context;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x context of a block of work, on the event loop of its caller. It has no session, since that belongs to one block, but it has what the
 * log and the traces say of the caller, and where aliases may lead it.
 */
final class BlockContext {

    private BlockContext() {}

    static io.vertx.core.Context of(io.vertx.core.@Nullable Context caller, Vertx vertx) {
        if (caller == null) {
            return safe(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        }
        io.vertx.core.Context own = safe(VertxContext.createNewDuplicatedContext(caller));
        if (VertxContext.isDuplicatedContext(caller)) {
            Reach.hand(caller, own);
            if (!VertxMDC.INSTANCE.isEmpty(caller)) {
                VertxMDC.INSTANCE.putAll(VertxMDC.INSTANCE.copyObject(caller), own);
            }
            Context traced = QuarkusContextStorage.getOtelContext(caller);
            if (traced != null) {
                // It ends with the context.
                QuarkusContextStorage.INSTANCE.attach(own, traced);
            }
        }
        return own;
    }

    private static io.vertx.core.Context safe(io.vertx.core.Context context) {
        VertxContextSafetyToggle.setContextSafe(context, true);
        return context;
    }
}
