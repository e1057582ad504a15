/** The reasons why Tandem declines a request. */
@NullMarked
package dev.tandem.domain.refusal;

import org.jspecify.annotations.NullMarked;
