/** What one caller may take, by itself. */
@NullMarked
package dev.tandem.api.callers.body;

import org.jspecify.annotations.NullMarked;
