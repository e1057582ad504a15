/** Import over HTTP: a stream of lines in, an answer to each of them out. */
@NullMarked
package dev.tandem.api.imports;

import org.jspecify.annotations.NullMarked;
