/** Step 9 of ten: the repository. It stores and reads domain objects, and combines rows with indexes. */
@NullMarked
package dev.tandem.repository;

import org.jspecify.annotations.NullMarked;
