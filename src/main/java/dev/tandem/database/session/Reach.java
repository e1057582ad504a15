package dev.tandem.database.session;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where names lead the present request. It belongs to the request's Vert.x context, and blocks of work take it along. Whoever finds a
 * collection by an alias asks it, so an alias leads nobody past its rights, wherever and whenever the alias is looked up. Work that has none,
 * such as the service's own, finds nothing by an alias.
 *
 * <p>It remembers where a name has led, so that a request stays with one collection although an alias switches or a collection is renamed
 * meanwhile.
 */
public final class Reach {

    private static final String KEY = Reach.class.getName();

    private final Way rights;
    private final Map<String, Led> led = new ConcurrentHashMap<>();

    private Reach(Way rights) {
        this.rights = rights;
    }

    /** The way that a name leads. */
    @FunctionalInterface
    public interface Way {

        /**
         * Fails if the name is an alias and the caller may not go where it leads.
         *
         * @param own the collection's own name
         */
        void go(String name, Led led, String own);
    }

    /**
     * Where a name has led.
     *
     * @param isSwitched whether the name is an alias that has led to another collection before
     */
    public record Led(UUID collectionId, boolean isSwitched) {}

    /** Lets aliases lead the present request where its caller may go. */
    public static void begin(Way rights) {
        Context context = Vertx.currentContext();
        // On a context that others use too, another request would have these rights.
        if (context != null && VertxContext.isDuplicatedContext(context)) {
            context.putLocal(KEY, new Reach(rights));
        }
    }

    /** That of the present request; null if there is none. */
    public static @Nullable Reach present() {
        Context context = Vertx.currentContext();
        return context == null ? null : of(context);
    }

    /** Gives a block of work what its caller has. */
    static void hand(Context caller, Context block) {
        Reach reach = of(caller);
        if (reach != null) {
            block.putLocal(KEY, reach);
        }
    }

    private static @Nullable Reach of(Context context) {
        return VertxContext.isDuplicatedContext(context) ? context.getLocal(KEY) : null;
    }

    /** Where this name has led the request before; null if it has not. */
    public @Nullable Led led(String name) {
        return led.get(name);
    }

    /**
     * Leads the request to a collection by a name that the request has for it. Fails if that is an alias and the caller may not go there.
     *
     * @param own the collection's own name
     */
    public void lead(String name, Led to, String own) {
        rights.go(name, to, own);
        led.putIfAbsent(name, to);
    }
}
