/** How servers outside are asked. */
@NullMarked
package dev.tandem.remote;

import org.jspecify.annotations.NullMarked;
