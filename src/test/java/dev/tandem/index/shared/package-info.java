/** What the suites of shared engines have in common. */
@NullMarked
package dev.tandem.index.shared;

import org.jspecify.annotations.NullMarked;
