package dev.tandem.house.bad.embedding;

import dev.tandem.house.bad.index.AsksTheEmbedding;

/** The other half of the circle. */
public final class AsksTheIndex {

    public String ask(AsksTheEmbedding index) {
        return index.toString();
    }
}
