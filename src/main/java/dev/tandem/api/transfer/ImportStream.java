package dev.tandem.api.transfer;

import dev.tandem.domain.error.Refusal;
import dev.tandem.service.ImportBatch;
import dev.tandem.service.ImportService.Outcome;
import dev.tandem.service.LineResult;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An import on its way: one batch is written while the next is judged and the one after that is read. There the socket is left alone
 * until there is room again, and so is the caller who does not read what is answered.
 *
 * <p>Everything happens on the request's event loop.
 */
final class ImportStream {

    private static final int MOST_LINES = 500;
    private static final int LARGEST_BATCH = 2 << 20;
    private static final int BATCHES_IN_FLIGHT = 2;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final @Nullable Gunzip gunzip;
    private final Splitter splitter;
    private final Steps steps;
    private final LineWriter answer;
    private final Runnable atEnd;

    private final Queue<Uni<ImportBatch>> prepared = new ArrayDeque<>();
    private List<Piece> filling = new ArrayList<>();
    private int fillingSize;
    private boolean isWriting;
    private boolean isFetching;
    private boolean isRead;
    private boolean isOver;
    private @Nullable Throwable ending;

    /**
     * What is done with lines.
     *
     * @param prepare reads and judges them
     * @param write commits them
     */
    record Steps(Function<List<Piece>, Uni<ImportBatch>> prepare, Function<ImportBatch, Uni<Outcome>> write) {}

    /**
     * @param gunzip null where the body is as it is
     * @param atEnd run once, when nothing of this import is under way any more
     */
    ImportStream(
            RoutingContext context,
            @Nullable Gunzip gunzip,
            Steps steps,
            LineWriter answer,
            int longestLine,
            Runnable atEnd) {
        this.request = context.request();
        this.response = context.response();
        this.gunzip = gunzip;
        this.steps = steps;
        this.answer = answer;
        this.atEnd = atEnd;
        this.splitter = new Splitter(longestLine, this::receive);
    }

    void begin() {
        if (response.closed()) {
            // Nobody tells of an end that has been before anybody asked.
            over();
            return;
        }
        request.handler(this::read);
        request.endHandler(ignored -> readEnd());
        // A body that was cut off ends here, and what there was of its last line with it.
        request.exceptionHandler(ignored -> vanish());
        response.exceptionHandler(ignored -> vanish());
        response.closeHandler(ignored -> vanish());
        goOn();
    }

    private void read(Buffer octets) {
        isFetching = false;
        if (isOver) {
            return;
        }
        try {
            if (gunzip == null) {
                byte[] plain = octets.getBytes();
                splitter.feed(plain, 0, plain.length);
            } else {
                gunzip.feed(octets.getBytes(), splitter::feed);
            }
        } catch (Refusal refusal) {
            stop(refusal);
            return;
        }
        goOn();
    }

    private void readEnd() {
        if (isOver) {
            return;
        }
        try {
            if (gunzip != null) {
                gunzip.end();
            }
            splitter.end();
        } catch (Refusal refusal) {
            stop(refusal);
            return;
        }
        isRead = true;
        seal();
        goOn();
    }

    private void receive(Piece piece) {
        answer.receive();
        filling.add(piece);
        fillingSize += piece.octets().length;
        if (filling.size() >= MOST_LINES || fillingSize >= LARGEST_BATCH) {
            seal();
        }
    }

    /** Has the batch judged from now on, while others are written. */
    private void seal() {
        if (filling.isEmpty()) {
            return;
        }
        Uni<ImportBatch> judged = steps.prepare.apply(filling).memoize().indefinitely();
        judged.subscribe().with(ignored -> {}, ignored -> {});
        prepared.add(judged);
        filling = new ArrayList<>();
        fillingSize = 0;
    }

    private void goOn() {
        if (isOver || isWriting) {
            fetch();
        } else if (ending != null || (isRead && prepared.isEmpty())) {
            answer.end(ending);
            over();
        } else if (response.writeQueueFull()) {
            response.drainHandler(ignored -> goOn());
        } else {
            if (!prepared.isEmpty()) {
                write(prepared.remove());
            }
            fetch();
        }
    }

    private void fetch() {
        boolean hasRoom = prepared.size() < BATCHES_IN_FLIGHT;
        if (!isOver && !isRead && !isFetching && ending == null && hasRoom) {
            isFetching = true;
            request.fetch(1);
        }
    }

    private void write(Uni<ImportBatch> batch) {
        isWriting = true;
        batch.chain(judged -> steps.write.apply(judged)).subscribe().with(this::written, this::failed);
    }

    private void written(Outcome outcome) {
        isWriting = false;
        if (isOver) {
            atEnd.run();
            return;
        }
        answer.write(outcome.results());
        if (outcome.stopped() && outcome.results().getLast() instanceof LineResult.Refused last) {
            stop(last.refusal());
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

    private void vanish() {
        if (!isOver) {
            over();
        }
    }

    private void over() {
        isOver = true;
        prepared.clear();
        filling.clear();
        if (gunzip != null) {
            gunzip.close();
        }
        if (!isWriting) {
            atEnd.run();
        }
    }
}
