package dev.tandem.database.session;

import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The connections that work which may take long can use at once; the others are free for short work. What finds none free waits its turn,
 * for a limited time.
 */
final class Share {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final int size;
    private final int queue;
    private final Duration patience;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private int used;

    /**
     * @param size how many connections
     * @param queue how much work may wait
     * @param patience how long it may wait
     */
    Share(Vertx vertx, int size, int queue, Duration patience) {
        this.vertx = vertx;
        this.size = size;
        this.queue = queue;
        this.patience = patience;
    }

    /**
     * Asks for a connection of the share.
     *
     * @param granted called once, now or later, unless the work is refused or leaves. It must lead to a {@link #giveBack()}, whatever happens
     * @param refused called once when too much waits, or this has waited for too long
     */
    Ticket ask(Runnable granted, Consumer<Refusal> refused) {
        Ticket ticket = new Ticket(granted, refused);
        switch (place(ticket)) {
            case FREE -> granted.run();
            case FULL -> refused.accept(busy());
            case TURN -> ticket.limit(vertx);
        }
        return ticket;
    }

    private enum Place {
        FREE,
        TURN,
        FULL
    }

    private synchronized Place place(Ticket ticket) {
        if (used < size) {
            used++;
            return Place.FREE;
        }
        if (waiting.size() >= queue) {
            return Place.FULL;
        }
        waiting.addLast(ticket);
        return Place.TURN;
    }

    /** The work that was granted a connection has ended. The next one gets it. */
    void giveBack() {
        Ticket next;
        synchronized (this) {
            next = waiting.pollFirst();
            if (next == null) {
                used--;
                return;
            }
        }
        next.granted.run();
    }

    /** A place in the queue. */
    final class Ticket {

        private final Runnable granted;
        private final Consumer<Refusal> refused;

        private Ticket(Runnable granted, Consumer<Refusal> refused) {
            this.granted = granted;
            this.refused = refused;
        }

        private void limit(Vertx vertx) {
            vertx.setTimer(patience.toMillis(), ignored -> {
                if (leave()) {
                    refused.accept(busy());
                }
            });
        }

        /** Leaves the queue; whether it was still waiting there. */
        boolean leave() {
            synchronized (Share.this) {
                return waiting.remove(this);
            }
        }
    }

    private static Refusal busy() {
        return new Refusal.Unavailable(
                "busy.database",
                "As many lists, searches, exports and jobs use the database as may at once. Try again.",
                RETRY_AFTER);
    }
}
