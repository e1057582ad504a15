/** The bodies of requests: no more time than one needs at a least rate. */
@NullMarked
package dev.tandem.api.callers.body;

import org.jspecify.annotations.NullMarked;
