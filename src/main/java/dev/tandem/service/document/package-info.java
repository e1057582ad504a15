/** The use cases of single documents, and the writer of documents that all use cases share. */
@NullMarked
package dev.tandem.service.document;

import org.jspecify.annotations.NullMarked;
