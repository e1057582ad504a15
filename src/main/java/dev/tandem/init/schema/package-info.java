/** In which order the migrations of a release come to a database that has applied others before. */
@NullMarked
package dev.tandem.init.schema;

import org.jspecify.annotations.NullMarked;
