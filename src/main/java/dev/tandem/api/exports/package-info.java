/** Export over HTTP, at the reader's pace. */
@NullMarked
package dev.tandem.api.exports;

import org.jspecify.annotations.NullMarked;
