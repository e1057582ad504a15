package dev.tandem.api.imports.lines;

/** Cuts a body that arrives in pieces into lines. */
public interface Cutter {

    /**
     * Reads octets up to the end of the next line, and passes the line on if it is complete. Returns the index of the first octet that was
     * not read.
     *
     * @throws dev.tandem.domain.refusal.Refusal if nothing from here on could be imported
     */
    int take(byte[] octets, int from, int to);

    /**
     * The body is complete.
     *
     * @throws dev.tandem.domain.refusal.Refusal if nothing of it could be imported
     */
    void end();
}
