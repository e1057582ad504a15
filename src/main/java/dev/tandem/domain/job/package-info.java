/** Long work: what it is, how far it has come, and how it ended. */
@NullMarked
package dev.tandem.domain.job;

import org.jspecify.annotations.NullMarked;
