package dev.tandem.embedding;

import java.util.List;

/** Offers embedders whose number and names are known only at the start, for example by the configuration. */
@FunctionalInterface
public interface EmbedderSource {

    /** The embedders, the same ones at each call. */
    List<Embedder> embedders();
}
