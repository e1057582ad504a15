/**
 * The derived read model that makes documents findable. It is never the truth: every index can be deleted and built again from the rows,
 * without embedding anything again.
 */
@NullMarked
package dev.tandem.index;

import org.jspecify.annotations.NullMarked;
