package dev.tandem.house.bad.index;

import dev.tandem.house.bad.embedding.AsksTheIndex;

/** One half of a circle. */
public final class AsksTheEmbedding {

    public String ask(AsksTheIndex embedding) {
        return embedding.toString();
    }
}
