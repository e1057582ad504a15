/** Lists in pages: where a page begins, how long it is, and the address of the next one. */
@NullMarked
package dev.tandem.api.paging;

import org.jspecify.annotations.NullMarked;
