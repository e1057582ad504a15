package dev.tandem.service.embedding;

import java.io.Serial;

/** This replica is stopping, and leaves its unfinished documents to others. */
final class Stopped extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Stopped() {
        super("This replica is stopping.", null, false, false);
    }
}
