package dev.tandem.api.imports;

import dev.tandem.api.callers.Closing;
import dev.tandem.api.callers.body.Body;
import dev.tandem.api.imports.lines.ImportBody;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A running import: one batch is written while the next is prepared and the one after that is read. The stream then stops reading from
 * the socket until a batch has been written, and also while the client does not read its answers. So memory is bounded.
 *
 * <p>Everything happens on the request's event loop.
 */
final class ImportStream {

    private static final int MOST_LINES = 500;
    private static final int LARGEST_BATCH = 2 << 20;
    private static final int BATCHES_IN_FLIGHT = 2;

    /** How many milliseconds an incomplete batch waits for more lines, if the client may be waiting for the answers to these. */
    private static final long PATIENCE = 50;

    private final RoutingContext context;
    private final Vertx vertx;
    private final HttpServerResponse response;
    private final ImportBody body;
    private final ImportDestination destination;
    private final Runnable atEnd;

    private final Queue<Uni<@Nullable Throwable>> taken = new ArrayDeque<>();
    private List<RawLine> filling = new ArrayList<>();
    private int fillingSize;
    private boolean isKeptBack;

    private Phase phase = Phase.OPEN;
    /** Why the import ends before its body does, or null. */
    private @Nullable Throwable ending;

    /** What is in progress, apart from reading the body. */
    private enum Phase {
        /** Nothing: the next batch can be written. */
        OPEN,
        /** A batch is being written. */
        WRITING,
        /** The answer is being completed. */
        ENDING,
        /** The client has gone while a batch was written or the answer completed. */
        LEAVING,
        /** Nothing, and nothing will follow. */
        OVER
    }

    /** @param atEnd run once, when nothing of this import is under way any more */
    ImportStream(RoutingContext context, ImportBody body, ImportDestination destination, Runnable atEnd) {
        this.context = context;
        this.vertx = context.vertx();
        this.response = context.response();
        this.body = body;
        this.destination = destination;
        this.atEnd = atEnd;
    }

    void begin() {
        if (response.closed()) {
            // If the response closed before the handlers were set, no handler will be called.
            vanish();
            return;
        }
        // A body that was cut off breaks here, and the part of its last line that has arrived is dropped.
        body.listen(this::receive, this::goOn, this::vanish);
        Body.of(context).whenSlow(this::slow);
        response.exceptionHandler(ignored -> vanish());
        response.closeHandler(ignored -> vanish());
        goOn();
    }

    private void goOn() {
        cut();
        switch (phase) {
            case OPEN -> proceed();
            case WRITING -> fetch();
            case ENDING, LEAVING, OVER -> {
                // Nothing more is read.
            }
        }
    }

    /** Cuts lines from what has arrived, as long as there is room for them. */
    private void cut() {
        try {
            while (hasRoom() && body.cut()) {
                // The lines arrive in receive.
            }
            if (hasRoom() && body.end()) {
                seal();
            }
        } catch (RuntimeException broken) {
            ending = broken;
        }
    }

    private boolean hasRoom() {
        boolean isGoingOn = phase == Phase.OPEN || phase == Phase.WRITING;
        return isGoingOn && ending == null && !body.isRead() && taken.size() < BATCHES_IN_FLIGHT;
    }

    private void fetch() {
        if (hasRoom()) {
            body.fetch();
        }
    }

    private void receive(RawLine line) {
        filling.add(line);
        fillingSize += line.octets().length;
        if (filling.size() >= MOST_LINES || fillingSize >= LARGEST_BATCH) {
            seal();
        }
    }

    /** Hands the batch over. It is prepared from now on, while others are written. */
    private void seal() {
        if (filling.isEmpty()) {
            return;
        }
        taken.add(destination.take(filling));
        filling = new ArrayList<>();
        fillingSize = 0;
    }

    /** Takes the next step while nothing is under way. */
    private void proceed() {
        if (ending != null || (body.isRead() && taken.isEmpty())) {
            end();
        } else if (response.writeQueueFull()) {
            response.drainHandler(ignored -> goOn());
        } else if (taken.isEmpty()) {
            keepBack();
            fetch();
        } else {
            write(taken.remove());
            goOn();
        }
    }

    /** Seals a batch that is not full after a moment, for clients that send the next line only after the answer to the last one. */
    private void keepBack() {
        if (isKeptBack || filling.isEmpty() || !destination.answersLines()) {
            return;
        }
        isKeptBack = true;
        vertx.setTimer(PATIENCE, ignored -> {
            isKeptBack = false;
            if (phase == Phase.OPEN && taken.isEmpty()) {
                seal();
                goOn();
            }
        });
    }

    private void write(Uni<@Nullable Throwable> batch) {
        phase = Phase.WRITING;
        // A batch that fails ends the import early, like one that reports why the import ends.
        batch.subscribe().with(this::written, this::written);
    }

    /** @param early why the import ends before its body does, or null */
    private void written(@Nullable Throwable early) {
        if (phase == Phase.LEAVING) {
            over();
            return;
        }
        phase = Phase.OPEN;
        if (early != null) {
            ending = early;
        }
        goOn();
    }

    /** The import ends like one whose body is broken from here on. */
    private void slow() {
        if (phase == Phase.OPEN || phase == Phase.WRITING) {
            Closing.after(context);
            ending = new Refusal.TooSlow();
            goOn();
        } else {
            Closing.now(context);
        }
    }

    private void end() {
        phase = Phase.ENDING;
        destination.end(ending).subscribe().with(ignored -> over());
    }

    private void vanish() {
        switch (phase) {
            case OPEN -> {
                destination.vanish();
                over();
            }
            case WRITING -> {
                destination.vanish();
                leave();
            }
            case ENDING -> leave();
            case LEAVING, OVER -> {
                // The client's departure is already known.
            }
        }
    }

    private void leave() {
        phase = Phase.LEAVING;
        discard();
    }

    private void over() {
        phase = Phase.OVER;
        discard();
        atEnd.run();
    }

    private void discard() {
        taken.clear();
        filling.clear();
        body.close();
    }
}
