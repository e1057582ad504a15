/** Changes of all documents that a filter matches, at once or by a job. */
@NullMarked
package dev.tandem.service.byfilter;

import org.jspecify.annotations.NullMarked;
