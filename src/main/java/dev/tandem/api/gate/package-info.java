/** The checks that every request passes before a resource sees it: address, parameters, and length of the body. */
@NullMarked
package dev.tandem.api.gate;

import org.jspecify.annotations.NullMarked;
