/** Cursors, by themselves. */
@NullMarked
package dev.tandem.api.paging;

import org.jspecify.annotations.NullMarked;
