package dev.tandem.embedding.http;

import java.util.concurrent.atomic.AtomicInteger;

/** The length of a model's vectors: configured, or learnt from the first answer. It does not change any more. */
final class Dimensions {

    private final AtomicInteger known;

    /** @param configured 0 if they are to be learnt */
    Dimensions(int configured) {
        this.known = new AtomicInteger(configured);
    }

    /** 0 if not known yet. */
    int known() {
        return known.get();
    }

    /** Takes the first ones only. */
    void learn(int dimensions) {
        known.compareAndSet(0, dimensions);
    }
}
