package dev.tandem.testing;

import dev.tandem.testing.TcpRelay.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of a PostgreSQL that once withholds the answer to a COMMIT: the first on a connection that has prepared a certain
 * statement. What was committed is there, and the client does not know it.
 */
public final class DeafProxy implements AutoCloseable {

    /** What becomes of the connection whose answer is withheld. */
    public enum Ending {
        /** It is closed. */
        BREAK,
        /** It stays open, and nothing comes any more. */
        HANG
    }

    private static final String COMMIT = "COMMIT\0";

    private final TcpRelay relay;
    private final String statement;
    private final Ending ending;
    private final AtomicBoolean isDue = new AtomicBoolean(true);
    private final AtomicInteger lost = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param postgres its port
     * @param statement the beginning of the statement
     */
    public DeafProxy(int postgres, String statement, Ending ending) throws IOException {
        this.relay = new TcpRelay(postgres, pair -> new DeafWire());
        this.statement = statement;
        this.ending = ending;
    }

    public int port() {
        return relay.port();
    }

    /** How many answers have been withheld: none or one. */
    public int lost() {
        return lost.get();
    }

    private final class DeafWire implements Wire {

        private boolean hasPrepared;
        private volatile boolean isDeaf;

        @Override
        public boolean request(byte[] octets, int length) {
            String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
            hasPrepared |= text.contains(statement);
            if (hasPrepared && text.contains(COMMIT) && isDue.compareAndSet(true, false)) {
                isDeaf = true;
            }
            return true;
        }

        @Override
        public boolean answer(byte[] octets, int length) throws InterruptedException {
            if (isDeaf) {
                lost.incrementAndGet();
                if (ending == Ending.HANG) {
                    closed.await();
                }
            }
            return !isDeaf;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        relay.close();
    }
}
