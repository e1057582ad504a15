/** Changes by filter over HTTP. */
@NullMarked
package dev.tandem.api.byfilter;

import org.jspecify.annotations.NullMarked;
