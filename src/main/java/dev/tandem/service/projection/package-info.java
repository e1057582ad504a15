/** The records of models as documents, so that they are found by search. */
@NullMarked
package dev.tandem.service.projection;

import org.jspecify.annotations.NullMarked;
