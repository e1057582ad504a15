/** Documents by the thousand over HTTP: import and export, streamed. */
@NullMarked
package dev.tandem.api.transfer;

import org.jspecify.annotations.NullMarked;
