/** Conditions on metadata, and the one definition of what they mean. */
@NullMarked
package dev.tandem.domain.filter;

import org.jspecify.annotations.NullMarked;
