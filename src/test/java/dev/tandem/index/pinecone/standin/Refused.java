package dev.tandem.index.pinecone.standin;

import java.io.Serial;

/** What the server answers to a request that breaks a rule. */
final class Refused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    static void unless(boolean kept, String message) {
        if (!kept) {
            throw new Refused(400, message);
        }
    }
}
