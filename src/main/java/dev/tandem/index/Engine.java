package dev.tandem.index;

import java.util.Set;

/**
 * A search engine, and what it can do.
 *
 * @param name as the configuration and the API call it
 */
public record Engine(String name, Set<Capability> capabilities) {

    /** Something that not every engine can do. */
    public enum Capability {
        /** It finds documents by their words. */
        KEYWORDS,
        /** It finds documents by vectors. */
        VECTORS,
        /** Both lists of candidates come from one state of the index, so that they agree with each other. */
        ONE_SNAPSHOT,
        /** Changes and the position that they lead to are stored in one step, so that a crash repeats nothing. */
        ATOMIC_POSITION
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
