/** Makes search queries. */
@NullMarked
package dev.tandem.factory.search;

import org.jspecify.annotations.NullMarked;
