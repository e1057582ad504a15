/** The HTTP interface, tested from outside: every route, every status, and requests that no well-meaning client would send. */
@NullMarked
package dev.tandem.api;

import org.jspecify.annotations.NullMarked;
