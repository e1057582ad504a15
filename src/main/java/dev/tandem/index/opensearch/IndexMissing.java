package dev.tandem.index.opensearch;

import java.io.Serial;

/** The index that was asked does not exist. */
final class IndexMissing extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    IndexMissing() {
        super("The index does not exist.", null, false, false);
    }
}
