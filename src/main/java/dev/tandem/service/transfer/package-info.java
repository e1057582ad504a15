/** Import and export. */
@NullMarked
package dev.tandem.service.transfer;

import org.jspecify.annotations.NullMarked;
