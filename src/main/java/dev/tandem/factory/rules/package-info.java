/** Rules that several doors share. */
@NullMarked
package dev.tandem.factory.rules;

import org.jspecify.annotations.NullMarked;
