/** One search of several collections. */
@NullMarked
package dev.tandem.service.search.several;

import org.jspecify.annotations.NullMarked;
