/** Step 8 of ten: the mapper. Rows in, domain objects out, and back. */
@NullMarked
package dev.tandem.database.mapper;

import org.jspecify.annotations.NullMarked;
