/** What the columns of CSV stand for, in imports and in exports alike. */
@NullMarked
package dev.tandem.api.csv;

import org.jspecify.annotations.NullMarked;
