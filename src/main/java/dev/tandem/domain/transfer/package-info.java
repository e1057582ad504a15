/** Moving documents in and out by the thousand. */
@NullMarked
package dev.tandem.domain.transfer;

import org.jspecify.annotations.NullMarked;
