/** What every request has to pass before a resource sees it: its address, its parameters, the length of its body. */
@NullMarked
package dev.tandem.api.gate;

import org.jspecify.annotations.NullMarked;
