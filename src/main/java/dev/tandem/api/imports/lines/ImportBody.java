package dev.tandem.api.imports.lines;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * The body of an import, fetched from the socket piece by piece and cut into lines. The stream that reads it decides when to fetch and
 * when to cut; in between, nothing is read from the socket. Everything happens on the request's event loop.
 */
public final class ImportBody {

    private final HttpServerRequest request;
    private final LineSource lines;
    private State state = State.IDLE;

    private enum State {
        /** No piece has been asked for. */
        IDLE,
        /** The next piece has been asked for. */
        FETCHING,
        /** The whole body has arrived, but it has not been cut to its end. */
        ARRIVED,
        /** The body has been cut to its end. */
        READ,
        /** The rest is not wanted any more. */
        CLOSED
    }

    /**
     * @param longestLine in bytes
     * @param lines receives each line
     */
    public ImportBody(HttpServerRequest request, boolean isGzip, int longestLine, Consumer<RawLine> lines) {
        this.request = request;
        this.lines = new LineSource(isGzip, longestLine, lines);
    }

    /**
     * Starts to listen to the socket. Nothing arrives before {@link #fetch()} asks for it.
     *
     * @param atMore run when a piece has arrived, and when the whole body has
     * @param atBreak run when the body breaks off
     */
    public void listen(Runnable atMore, Runnable atBreak) {
        request.handler(octets -> {
            if (state != State.CLOSED) {
                receive(octets);
                atMore.run();
            }
        });
        request.endHandler(ignored -> {
            if (state != State.CLOSED) {
                state = State.ARRIVED;
                atMore.run();
            }
        });
        request.exceptionHandler(ignored -> atBreak.run());
    }

    /** Asks for the next piece, unless one has been asked for or all have arrived. Everything that has arrived must have been cut. */
    public void fetch() {
        if (state == State.IDLE) {
            state = State.FETCHING;
            request.fetch(1);
        }
    }

    /**
     * Cuts up to the end of the next line, or of what has arrived. Returns false if nothing is left to cut.
     *
     * @throws Refusal.Malformed if the body should be gzip and is not
     */
    public boolean cut() {
        return lines.cut();
    }

    /**
     * Ends the last line if all of the body has arrived, and returns whether it has. Everything that has arrived must have been cut.
     *
     * @throws Refusal.Malformed if the gzip breaks off
     */
    public boolean end() {
        if (state != State.ARRIVED) {
            return false;
        }
        state = State.READ;
        lines.end();
        return true;
    }

    /** Whether the last line has been cut. */
    public boolean isRead() {
        return state == State.READ;
    }

    /** Drops the rest of the body, also the part that has not arrived yet. */
    public void close() {
        state = State.CLOSED;
        lines.close();
    }

    private void receive(Buffer octets) {
        state = State.IDLE;
        lines.feed(octets.getBytes());
    }
}
