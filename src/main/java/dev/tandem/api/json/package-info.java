/** How strictly JSON is read. */
@NullMarked
package dev.tandem.api.json;

import org.jspecify.annotations.NullMarked;
