/** Shared by the tests: hand-written fakes, sample builders, and the embedded server. */
@NullMarked
package dev.tandem.testing;

import org.jspecify.annotations.NullMarked;
