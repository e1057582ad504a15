/** The id of a request, which its answer, its problem and the log repeat. */
@NullMarked
package dev.tandem.api.request;

import org.jspecify.annotations.NullMarked;
