/** What a search asks for and what it finds. */
@NullMarked
package dev.tandem.domain.search;

import org.jspecify.annotations.NullMarked;
