/** How much may be stored. */
@NullMarked
package dev.tandem.service.quota;

import org.jspecify.annotations.NullMarked;
