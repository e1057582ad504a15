/** How much may be stored, with a database. */
@NullMarked
package dev.tandem.service.quota;

import org.jspecify.annotations.NullMarked;
