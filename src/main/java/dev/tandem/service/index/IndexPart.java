package dev.tandem.service.index;

import java.util.UUID;

/**
 * The part of a collection's index in one engine. Each part follows the rows by itself.
 *
 * @param engine the engine's name
 */
public record IndexPart(UUID collectionId, String engine) {

    @Override
    public String toString() {
        return engine + " index of collection " + collectionId;
    }
}
