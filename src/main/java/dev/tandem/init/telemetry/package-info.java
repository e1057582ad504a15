/** What the service tells those who run it beside its metrics: the form of its log, and where its traces go. */
@NullMarked
package dev.tandem.init.telemetry;

import org.jspecify.annotations.NullMarked;
