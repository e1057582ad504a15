/** Export over HTTP, as fast as the client reads. */
@NullMarked
package dev.tandem.api.exports;

import org.jspecify.annotations.NullMarked;
