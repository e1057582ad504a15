/** What one caller may take from the others: a share of the streams, and no more time than a body needs at a least rate. */
@NullMarked
package dev.tandem.api.callers;

import org.jspecify.annotations.NullMarked;
