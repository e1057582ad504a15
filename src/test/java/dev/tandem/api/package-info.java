/** The edge, asked from outside: every route, every status, and what no well-meaning caller would send. */
@NullMarked
package dev.tandem.api;

import org.jspecify.annotations.NullMarked;
