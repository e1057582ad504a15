/** What pages have in common, with a database. */
@NullMarked
package dev.tandem.service.paging;

import org.jspecify.annotations.NullMarked;
