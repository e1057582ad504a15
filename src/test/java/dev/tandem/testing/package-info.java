/** What the tests share: fakes written by hand, sample builders, the embedded server. */
@NullMarked
package dev.tandem.testing;

import org.jspecify.annotations.NullMarked;
