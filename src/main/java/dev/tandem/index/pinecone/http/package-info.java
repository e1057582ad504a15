/** Pinecone's data plane over HTTP: requests, answers, and what goes wrong with them. */
@NullMarked
package dev.tandem.index.pinecone.http;

import org.jspecify.annotations.NullMarked;
