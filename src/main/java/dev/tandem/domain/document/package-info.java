/** A document, what it carries, and the passages its vectors stand for. */
@NullMarked
package dev.tandem.domain.document;

import org.jspecify.annotations.NullMarked;
