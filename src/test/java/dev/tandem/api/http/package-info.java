/** What requests contain besides their bodies. */
@NullMarked
package dev.tandem.api.http;

import org.jspecify.annotations.NullMarked;
