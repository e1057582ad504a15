/** Jobs: kept, claimed, run step by step, watched. */
@NullMarked
package dev.tandem.service.job;

import org.jspecify.annotations.NullMarked;
