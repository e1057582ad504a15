package dev.tandem.remote;

import java.io.Serial;

/** As many requests wait for the server here as may. */
public final class ServerBusy extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ServerBusy(String server) {
        super("Too many requests wait for " + server + ".", null, false, false);
    }
}
