package dev.tandem.index;

import java.util.Map;

/**
 * A search engine, and what it can do.
 *
 * @param name the engine's name in configuration and API
 * @param lacks the abilities that it does not have, each with the reason, as a sentence for its users
 */
public record Engine(String name, Map<Capability, String> lacks) {

    /** An ability that not every engine has. */
    public enum Capability {
        /** It supports keyword search. */
        KEYWORDS,
        /** It supports vector search. */
        VECTORS,
        /** Both lists of candidates come from one state of the index, so that they agree with each other. */
        ONE_SNAPSHOT,
        /** Changes and the position that they lead to are stored in one step, so that no change is applied again after a crash. */
        ATOMIC_POSITION,
        /** It supports every filter. An engine that does not refuses the others by name. */
        ALL_FILTERS
    }

    public Engine {
        lacks = Map.copyOf(lacks);
    }

    public boolean can(Capability capability) {
        return !lacks.containsKey(capability);
    }
}
