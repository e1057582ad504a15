/** Models, vectors, and the tasks that lead from a text to its vectors. */
@NullMarked
package dev.tandem.domain.embedding;

import org.jspecify.annotations.NullMarked;
