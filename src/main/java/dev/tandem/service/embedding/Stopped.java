package dev.tandem.service.embedding;

import java.io.Serial;

/** This replica stops, and leaves what it was embedding to others. */
final class Stopped extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Stopped() {
        super("This replica stops.", null, false, false);
    }
}
