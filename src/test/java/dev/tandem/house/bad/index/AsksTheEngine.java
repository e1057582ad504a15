package dev.tandem.house.bad.index;

import dev.tandem.house.bad.index.lucene.AnEngine;

/** Knows one engine, where all engines are meant. */
public final class AsksTheEngine {

    public String ask(AnEngine engine) {
        return engine.toString();
    }
}
