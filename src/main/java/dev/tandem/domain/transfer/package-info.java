/** Lines of imports. */
@NullMarked
package dev.tandem.domain.transfer;

import org.jspecify.annotations.NullMarked;
