package dev.tandem.api.paging;

import dev.tandem.api.access.Caller;
import dev.tandem.service.paging.CursorSecret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Makes the cursors of lists. They are signed, and valid for the list and the caller that they were made for, on every replica. */
@Singleton
public class Cursors {

    private final CursorSecret secret;
    private final Caller caller;

    Cursors(CursorSecret secret, Caller caller) {
        this.secret = secret;
        this.caller = caller;
    }

    /**
     * The cursors of a list.
     *
     * @param list identifies the list, including everything that selects and orders its items: a cursor is valid for this list only
     * @param write turns a place into text
     * @param read the inverse of {@code write}; it may throw for a text that {@code write} never makes
     */
    public <P> Uni<Cursor<P>> of(String list, Function<P, String> write, Function<String, P> read) {
        String owner = caller.principal().holder();
        return secret.get().map(octets -> new Cursor<>(new CursorSeal(octets, owner, list), write, read));
    }
}
