/** Import over HTTP: lines arrive as a stream, and each is answered. */
@NullMarked
package dev.tandem.api.imports;

import org.jspecify.annotations.NullMarked;
