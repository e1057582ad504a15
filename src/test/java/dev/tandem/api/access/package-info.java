/** Tests of who is let in, and what each may do. */
@NullMarked
package dev.tandem.api.access;

import org.jspecify.annotations.NullMarked;
