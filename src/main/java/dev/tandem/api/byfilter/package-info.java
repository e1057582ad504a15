/** Changes of all documents that a filter matches, over HTTP. */
@NullMarked
package dev.tandem.api.byfilter;

import org.jspecify.annotations.NullMarked;
