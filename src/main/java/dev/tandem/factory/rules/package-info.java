/** Rules that several factories share. */
@NullMarked
package dev.tandem.factory.rules;

import org.jspecify.annotations.NullMarked;
