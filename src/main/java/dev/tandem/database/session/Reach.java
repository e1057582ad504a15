package dev.tandem.database.session;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where aliases lead the present request. It belongs to the request's Vert.x context, and blocks of work take it along. Whoever finds a
 * collection by an alias asks it, so an alias leads nobody past its rights, wherever and whenever the alias is looked up. Work that has none,
 * such as the service's own, finds nothing by an alias.
 *
 * <p>It remembers where an alias has led, so that a request stays with one collection although the alias switches meanwhile.
 */
public final class Reach {

    private static final String KEY = Reach.class.getName();

    private final BiConsumer<String, String> rights;
    private final Map<String, UUID> led = new ConcurrentHashMap<>();

    private Reach(BiConsumer<String, String> rights) {
        this.rights = rights;
    }

    /**
     * Lets aliases lead the present request where its caller may go.
     *
     * @param rights gets an alias and the own name of its collection, and fails if the caller may not go there
     */
    public static void begin(BiConsumer<String, String> rights) {
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

    /** Where this alias has led the request before; null if nowhere. */
    public @Nullable UUID led(String alias) {
        return led.get(alias);
    }

    /**
     * Leads the request to a collection by an alias. Fails if the caller may not go there.
     *
     * @param name the collection's own
     */
    public void lead(String alias, UUID collectionId, String name) {
        rights.accept(alias, name);
        led.putIfAbsent(alias, collectionId);
    }
}
