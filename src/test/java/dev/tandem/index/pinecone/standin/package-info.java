/** A server that behaves as Pinecone's data plane does, by the rules of its OpenAPI document and its limits, and refuses everything else. */
@NullMarked
package dev.tandem.index.pinecone.standin;

import org.jspecify.annotations.NullMarked;
