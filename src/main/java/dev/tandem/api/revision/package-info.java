/** Revisions of documents over HTTP. */
@NullMarked
package dev.tandem.api.revision;

import org.jspecify.annotations.NullMarked;
