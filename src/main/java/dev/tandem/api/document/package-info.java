/** Documents over HTTP. */
@NullMarked
package dev.tandem.api.document;

import org.jspecify.annotations.NullMarked;
