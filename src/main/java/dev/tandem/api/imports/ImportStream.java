package dev.tandem.api.imports;

import dev.tandem.api.imports.lines.LineSource;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An import on its way: one batch is written while the next is got ready and the one after that is read. There the socket is left alone
 * until there is room again, and so is the caller who does not read what is answered.
 *
 * <p>Everything happens on the request's event loop.
 */
final class ImportStream {

    private static final int MOST_LINES = 500;
    private static final int LARGEST_BATCH = 2 << 20;
    private static final int BATCHES_IN_FLIGHT = 2;

    /** How many milliseconds a few lines are kept back for more to come, where their answers are waited for. */
    private static final long PATIENCE = 50;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final LineSource body;
    private final ImportDestination destination;
    private final Runnable atEnd;

    private final Queue<Uni<@Nullable Throwable>> taken = new ArrayDeque<>();
    private List<RawLine> filling = new ArrayList<>();
    private int fillingSize;
    private boolean isWriting;
    private boolean isFetching;
    private boolean isKeptBack;
    private boolean hasArrived;
    private boolean isRead;
    private boolean isEnding;
    private boolean isOver;
    private @Nullable Throwable ending;

    /**
     * @param longestLine in bytes
     * @param atEnd run once, when nothing of this import is under way any more
     */
    ImportStream(
            RoutingContext context, boolean isGzip, ImportDestination destination, int longestLine, Runnable atEnd) {
        this.vertx = context.vertx();
        this.request = context.request();
        this.response = context.response();
        this.destination = destination;
        this.atEnd = atEnd;
        this.body = new LineSource(isGzip, longestLine, this::receive);
    }

    void begin() {
        if (response.closed()) {
            // Nobody tells of an end that has been before anybody asked.
            vanish();
            return;
        }
        request.handler(this::read);
        request.endHandler(ignored -> arrived());
        // A body that was cut off ends here, and what there was of its last line with it.
        request.exceptionHandler(ignored -> vanish());
        response.exceptionHandler(ignored -> vanish());
        response.closeHandler(ignored -> vanish());
        goOn();
    }

    private void read(Buffer octets) {
        isFetching = false;
        if (!isOver) {
            body.feed(octets.getBytes());
            goOn();
        }
    }

    private void arrived() {
        hasArrived = true;
        goOn();
    }

    private void receive(RawLine line) {
        filling.add(line);
        fillingSize += line.octets().length;
        if (filling.size() >= MOST_LINES || fillingSize >= LARGEST_BATCH) {
            seal();
        }
    }

    /** Hands the batch over: it is got ready from now on, while others are written. */
    private void seal() {
        if (filling.isEmpty()) {
            return;
        }
        taken.add(destination.take(filling));
        filling = new ArrayList<>();
        fillingSize = 0;
    }

    private void goOn() {
        cut();
        if (isOver || isWriting) {
            fetch();
        } else if (ending != null || (isRead && taken.isEmpty())) {
            end();
        } else if (response.writeQueueFull()) {
            response.drainHandler(ignored -> goOn());
        } else if (taken.isEmpty()) {
            if (!filling.isEmpty() && destination.answersLines()) {
                keepBack();
            }
            fetch();
        } else {
            write(taken.remove());
            goOn();
        }
    }

    /** Cuts lines of what has arrived, as long as there is room for them. */
    private void cut() {
        try {
            while (hasRoom() && body.cut()) {
                // The lines come to receive.
            }
            if (hasRoom() && hasArrived) {
                isRead = true;
                body.end();
                seal();
            }
        } catch (Refusal refusal) {
            ending = refusal;
        }
    }

    private boolean hasRoom() {
        return !isOver && !isRead && ending == null && taken.size() < BATCHES_IN_FLIGHT;
    }

    /** For a moment: who sends the next line when the last one has been answered would wait forever. */
    private void keepBack() {
        if (!isKeptBack) {
            isKeptBack = true;
            vertx.setTimer(PATIENCE, ignored -> {
                isKeptBack = false;
                if (!isOver && !isWriting && taken.isEmpty()) {
                    seal();
                    goOn();
                }
            });
        }
    }

    private void fetch() {
        if (hasRoom() && !isFetching) {
            isFetching = true;
            request.fetch(1);
        }
    }

    private void write(Uni<@Nullable Throwable> batch) {
        isWriting = true;
        batch.subscribe().with(this::written, this::failed);
    }

    /** @param early what ends the import; null where it goes on */
    private void written(@Nullable Throwable early) {
        isWriting = false;
        if (isOver) {
            atEnd.run();
        } else if (early != null) {
            stop(early);
        } else {
            goOn();
        }
    }

    private void failed(Throwable failure) {
        isWriting = false;
        if (isOver) {
            atEnd.run();
        } else {
            stop(failure);
        }
    }

    /** Ends the import before its body ends, as soon as what is being written has been answered. */
    private void stop(Throwable failure) {
        ending = failure;
        goOn();
    }

    private void end() {
        if (isEnding) {
            return;
        }
        isEnding = true;
        isWriting = true;
        destination.end(ending).subscribe().with(ignored -> {
            isWriting = false;
            if (isOver) {
                atEnd.run();
            } else {
                over();
            }
        });
    }

    private void vanish() {
        if (isOver) {
            return;
        }
        if (!isEnding) {
            destination.vanish();
        }
        over();
    }

    private void over() {
        isOver = true;
        taken.clear();
        filling.clear();
        body.close();
        if (!isWriting) {
            atEnd.run();
        }
    }
}
