package dev.tandem.index.shared;

import java.io.Serial;

/** The store does not exist, or no longer. Whoever asked it looks which one searches use now. */
public final class StoreGone extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StoreGone(Store store) {
        super("The store " + store.name() + " is gone.", null, false, false);
    }
}
