package dev.tandem.house.bad.api;

import jakarta.ws.rs.POST;

/** A resource that does again what is sent again. */
public final class ForgetsWhatItDid {

    private int count;

    @POST
    public int add() {
        return ++count;
    }
}
