package dev.tandem.remote;

import java.io.Serial;

/** The server does not answer, not in time, or too much. The message says why, without secrets. */
public final class ServerAway extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ServerAway(String reason) {
        super(reason, null, false, false);
    }
}
