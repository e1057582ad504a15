/** The vectors of examples. */
@NullMarked
package dev.tandem.service.search.example;

import org.jspecify.annotations.NullMarked;
