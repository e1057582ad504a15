/** What one caller may take from the others: a share of what may be in flight, and so much in a second. */
@NullMarked
package dev.tandem.api.callers;

import org.jspecify.annotations.NullMarked;
