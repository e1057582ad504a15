/** What pages have in common on all replicas. */
@NullMarked
package dev.tandem.service.paging;

import org.jspecify.annotations.NullMarked;
