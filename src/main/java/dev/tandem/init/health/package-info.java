/** The answers to probes. Nothing here waits: each check reads what is known already. */
@NullMarked
package dev.tandem.init.health;

import org.jspecify.annotations.NullMarked;
