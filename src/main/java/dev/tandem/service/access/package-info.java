/** Finds out who makes a request, keeps the keys, and remembers what was done with rights. */
@NullMarked
package dev.tandem.service.access;

import org.jspecify.annotations.NullMarked;
