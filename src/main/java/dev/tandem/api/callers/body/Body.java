package dev.tandem.api.callers.body;

import dev.tandem.api.callers.Closing;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request while it arrives. If it arrives too slowly, the request is answered 408, and its connection is closed. All calls
 * are on the request's event loop.
 */
public final class Body {

    private static final String KEY = Body.class.getName();

    private final RoutingContext context;
    private final @Nullable BodyPace pace;
    private Runnable atSlow = this::refuse;

    Body(RoutingContext context, @Nullable BodyPace pace) {
        this.context = context;
        this.pace = pace;
        context.put(KEY, this);
    }

    /** The body of this request. */
    public static Body of(RoutingContext context) {
        @Nullable Body known = context.get(KEY);
        return known == null ? new Body(context, null) : known;
    }

    /** The body is read from now on, and the time counts. At first it does. */
    public void await() {
        if (pace != null) {
            pace.await();
        }
    }

    /** The body is not read for the time being. */
    public void pause() {
        if (pace != null) {
            pace.pause();
        }
    }

    /** Has this run instead when the body arrives too slowly, as often as it does. */
    public void whenSlow(Runnable atSlow) {
        this.atSlow = atSlow;
    }

    void look() {
        if (pace != null && pace.isTooSlow()) {
            atSlow.run();
        }
    }

    private void refuse() {
        if (context.response().ended() || context.response().headWritten()) {
            Closing.now(context);
        } else {
            Closing.after(context);
            context.fail(new Refusal.TooSlow());
        }
    }
}
