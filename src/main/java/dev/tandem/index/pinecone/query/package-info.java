/** What filters ask of a document, in the metadata and in the filter language of Pinecone. */
@NullMarked
package dev.tandem.index.pinecone.query;

import org.jspecify.annotations.NullMarked;
