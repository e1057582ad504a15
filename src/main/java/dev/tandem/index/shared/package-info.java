/**
 * Indexes in engines that all replicas share, such as a database or a cluster beside Tandem. One replica at a time changes an index, under a
 * lease in PostgreSQL; all of them search it. What an engine has to do is a {@link dev.tandem.index.shared.SharedEngine}.
 */
@NullMarked
package dev.tandem.index.shared;

import org.jspecify.annotations.NullMarked;
