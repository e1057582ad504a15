/** The door to searches. */
@NullMarked
package dev.tandem.factory.search;

import org.jspecify.annotations.NullMarked;
