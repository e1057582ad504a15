/**
 * The derived read model: what makes documents findable. Nothing here is the truth; every index can be thrown away and built again from
 * the rows without embedding anything again.
 */
@NullMarked
package dev.tandem.index;

import org.jspecify.annotations.NullMarked;
