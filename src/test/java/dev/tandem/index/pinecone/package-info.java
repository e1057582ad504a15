/** The engine {@code pinecone}, against a server that stands in for Pinecone, and against Pinecone if there is a key. */
@NullMarked
package dev.tandem.index.pinecone;

import org.jspecify.annotations.NullMarked;
