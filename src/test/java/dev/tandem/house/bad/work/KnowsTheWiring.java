package dev.tandem.house.bad.work;

import dev.tandem.house.bad.init.Wires;

/** Knows who put it together. */
public final class KnowsTheWiring {

    public String name(Wires wires) {
        return wires.toString();
    }
}
