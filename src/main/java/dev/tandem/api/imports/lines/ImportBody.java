package dev.tandem.api.imports.lines;

import dev.tandem.api.callers.body.Body;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.service.document.JudgingThreads;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of an import, fetched from the socket piece by piece and cut into lines. The stream that reads it decides when to fetch and
 * when to cut; in between, nothing is read from the socket. Everything happens on the request's event loop, except that a body that takes
 * work, such as a compressed one, is expanded and cut on other threads, a portion at a time.
 */
public final class ImportBody {

    /** The most lines in an expanded portion: a body of empty objects has very many in a few octets. */
    private static final int MOST_LINES = 500;

    /** The most octets in a portion, about, before and after: what a thread expands in a millisecond. */
    private static final int PORTION = 256 << 10;

    private final HttpServerRequest request;
    private final Body body;
    private final boolean takesWork;
    private final JudgingThreads threads;

    /** While a portion is expanded, these three belong to the thread that does it. */
    private final LineSource source;

    private final Queue<RawLine> cut = new ArrayDeque<>();
    private long cutSize;

    private State state = State.IDLE;
    private boolean hasArrived;
    private boolean isClosed;
    private @Nullable Throwable failure;
    private Consumer<RawLine> lines = ignored -> {};
    private Runnable atMore = () -> {};

    private enum State {
        /** No piece has been asked for. */
        IDLE,
        /** The next piece has been asked for. */
        FETCHING,
        /** A portion of the last piece is being expanded. */
        EXPANDING,
        /** The body has been cut to its end. */
        READ
    }

    /**
     * @param source makes what cuts the body into lines, given what receives them
     * @param takesWork whether that is too much work for an event loop
     */
    ImportBody(
            RoutingContext context,
            Function<Consumer<RawLine>, LineSource> source,
            boolean takesWork,
            JudgingThreads threads) {
        this.request = context.request();
        this.body = Body.of(context);
        this.takesWork = takesWork;
        this.threads = threads;
        this.source = source.apply(this::keep);
    }

    /**
     * Starts to listen to the socket. Nothing arrives before {@link #fetch()} asks for it.
     *
     * @param lines receives each line
     * @param atMore run when there may be more to cut
     * @param atBreak run when the body breaks off
     */
    public void listen(Consumer<RawLine> lines, Runnable atMore, Runnable atBreak) {
        this.lines = lines;
        this.atMore = atMore;
        request.handler(this::receive);
        request.endHandler(ignored -> arrive());
        request.exceptionHandler(ignored -> atBreak.run());
    }

    /** Asks for more, unless it has been asked for or all has arrived. Everything that has arrived must have been cut. */
    public void fetch() {
        if (state != State.IDLE || isClosed) {
            return;
        }
        if (takesWork && source.hasMore()) {
            expand();
        } else if (!hasArrived) {
            state = State.FETCHING;
            body.await();
            request.fetch(1);
        }
    }

    /**
     * Cuts up to the end of the next line, or of what is there. Returns false if nothing is left to cut.
     *
     * @throws Refusal if the body should be gzip and is not, or has too much that is no line
     */
    public boolean cut() {
        if (state == State.EXPANDING || isClosed) {
            return false;
        }
        RawLine line = cut.poll();
        if (line != null) {
            lines.accept(line);
            return true;
        }
        if (failure instanceof RuntimeException broken) {
            throw broken;
        }
        return !takesWork && source.cut();
    }

    /**
     * Ends the last line if all of the body has arrived, and returns whether it has. Everything that has arrived must have been cut.
     *
     * @throws Refusal.Malformed if the gzip breaks off
     */
    public boolean end() {
        if (!hasArrived || state != State.IDLE || isClosed || source.hasMore()) {
            return false;
        }
        state = State.READ;
        source.end();
        RawLine last = cut.poll();
        if (last != null) {
            lines.accept(last);
        }
        return true;
    }

    /** Whether the last line has been cut. */
    public boolean isRead() {
        return state == State.READ;
    }

    /** Drops the rest of the body, also the part that has not arrived yet. */
    public void close() {
        isClosed = true;
        if (state != State.EXPANDING) {
            source.close();
        }
    }

    private void keep(RawLine line) {
        cut.add(line);
        cutSize += line.octets().length;
    }

    private void receive(Buffer octets) {
        if (!isClosed) {
            state = State.IDLE;
            body.pause();
            source.feed(octets.getBytes());
            atMore.run();
        }
    }

    private void arrive() {
        hasArrived = true;
        if (state == State.FETCHING) {
            state = State.IDLE;
        }
        if (!isClosed && state == State.IDLE) {
            atMore.run();
        }
    }

    private void expand() {
        state = State.EXPANDING;
        threads.judgeLines(this::portion).subscribe().with(refusal -> expanded(refusal.orElse(null)), this::expanded);
    }

    /** On another thread. A refusal counts after the lines before it. */
    private Optional<Refusal> portion() {
        long most = source.size() + PORTION;
        cutSize = 0;
        try {
            while (cut.size() < MOST_LINES && cutSize < PORTION && source.size() < most && source.cut()) {
                // The lines arrive in the queue.
            }
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        }
    }

    private void expanded(@Nullable Throwable broken) {
        state = State.IDLE;
        failure = broken;
        if (isClosed) {
            source.close();
        } else {
            atMore.run();
        }
    }
}
