/** Jobs: long-running work, its progress and its result. */
@NullMarked
package dev.tandem.domain.job;

import org.jspecify.annotations.NullMarked;
