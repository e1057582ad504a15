/** Jobs: they are stored, claimed, executed step by step, and watched. */
@NullMarked
package dev.tandem.service.job;

import org.jspecify.annotations.NullMarked;
