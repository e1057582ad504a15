/** Step 9 of ten: the repository. A collection of domain objects; where rows and vectors meet. */
@NullMarked
package dev.tandem.repository;

import org.jspecify.annotations.NullMarked;
