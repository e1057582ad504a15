/** Changes by filter, within a request or by a job. */
@NullMarked
package dev.tandem.service.byfilter;

import org.jspecify.annotations.NullMarked;
