package dev.tandem.testing;

import dev.tandem.testing.TcpRelay.Pair;
import dev.tandem.testing.TcpRelay.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A TCP proxy whose connections a test can cut, silence, slow down and half-close. */
public final class FaultProxy implements AutoCloseable {

    private enum State {
        OPEN,
        SILENT,
        REFUSING
    }

    private final TcpRelay relay;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile State state = State.OPEN;
    private volatile Duration delay = Duration.ZERO;
    private volatile long silenced;

    /** @param target the port on this machine that stands behind the proxy */
    public FaultProxy(int target) throws IOException {
        this.relay = new TcpRelay(target, pair -> new FaultyWire(pair));
    }

    public int port() {
        return relay.port();
    }

    /** New connections go to another port from now on. */
    public void retarget(int target) {
        relay.retarget(target);
    }

    /** Ends every connection with a RST. New ones pass. */
    public void cut() {
        relay.pairs().forEach(Pair::reset);
    }

    /** Ends every connection with a RST, and new ones too, until {@link #heal}. */
    public void refuse() {
        state = State.REFUSING;
        cut();
    }

    /**
     * Nothing comes through any more, in either direction, not even that a side hangs up. New ones are accepted and stay silent. {@link
     * #heal} lets newer ones pass. Those that were silent stay so for good, as behind a firewall that has forgotten them.
     */
    public void silence() {
        state = State.SILENT;
        silenced++;
    }

    /** Tells the clients of all connections that nothing more will come. What they send still arrives. */
    public void halfClose() {
        relay.pairs().forEach(Pair::halfClose);
    }

    /** What is sent in either direction arrives that much later. */
    public void delay(Duration delay) {
        this.delay = delay;
    }

    /** New connections pass undisturbed, and so do those that were not silenced. */
    public void heal() {
        delay = Duration.ZERO;
        state = State.OPEN;
    }

    @Override
    public void close() {
        closed.countDown();
        relay.close();
    }

    private final class FaultyWire implements Wire {

        private final Pair pair;
        private final long bornAfter = silenced;
        private volatile boolean isDead = state == State.SILENT;

        FaultyWire(Pair pair) {
            this.pair = pair;
        }

        @Override
        public boolean request(byte[] octets, int length) throws InterruptedException {
            return pass();
        }

        @Override
        public boolean answer(byte[] octets, int length) throws InterruptedException {
            return pass();
        }

        private boolean pass() throws InterruptedException {
            if (state == State.REFUSING) {
                pair.reset();
                return false;
            }
            if (isSilent()) {
                closed.await();
                return false;
            }
            closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        }

        /** Who hangs up isn't heard either. */
        @Override
        public void close() throws InterruptedException {
            if (isSilent()) {
                closed.await();
            }
        }

        private boolean isSilent() {
            isDead |= silenced > bornAfter;
            return isDead;
        }
    }
}
