/** What goes with a request: its id, which its answer, its problem and the log repeat, and what entity tags are by an alias. */
@NullMarked
package dev.tandem.api.request;

import org.jspecify.annotations.NullMarked;
