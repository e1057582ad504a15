package dev.tandem.house.bad.sync;

/** Keeps a thread from working. */
public final class Sleeps {

    public void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
