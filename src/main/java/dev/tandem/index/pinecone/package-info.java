/**
 * The engine {@code pinecone}: vectors in serverless indexes of Pinecone, over the REST API of its data plane. {@link
 * dev.tandem.index.pinecone.PineconeEngine} is what the rest of Tandem uses.
 */
@NullMarked
package dev.tandem.index.pinecone;

import org.jspecify.annotations.NullMarked;
