package dev.tandem.index;

import java.util.Set;

/**
 * A search engine, and what it can do.
 *
 * @param name the engine's name in configuration and API
 */
public record Engine(String name, Set<Capability> capabilities) {

    /** An ability that not every engine has. */
    public enum Capability {
        /** It supports keyword search. */
        KEYWORDS,
        /** It supports vector search. */
        VECTORS,
        /** Both lists of candidates come from one state of the index, so that they agree with each other. */
        ONE_SNAPSHOT,
        /** Changes and the position that they lead to are stored in one step, so that no change is applied again after a crash. */
        ATOMIC_POSITION
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
