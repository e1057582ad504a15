/** What this service is, what it offers and what it limits, over HTTP. */
@NullMarked
package dev.tandem.api.info;

import org.jspecify.annotations.NullMarked;
