/** What requests and answers have in common: parameters, conditions, preferences, headers. */
@NullMarked
package dev.tandem.api.http;

import org.jspecify.annotations.NullMarked;
