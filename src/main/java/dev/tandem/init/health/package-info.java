/** What the probes answer. Nothing here waits: each check reads what is known already. */
@NullMarked
package dev.tandem.init.health;

import org.jspecify.annotations.NullMarked;
