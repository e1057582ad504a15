/** What every request has to pass, by itself. */
@NullMarked
package dev.tandem.api.gate;

import org.jspecify.annotations.NullMarked;
