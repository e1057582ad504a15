/** What all answers have in common: request ids, conditions, preferences. */
@NullMarked
package dev.tandem.api.http;

import org.jspecify.annotations.NullMarked;
