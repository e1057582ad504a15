/** What a list or a search asks for, and what a search finds. */
@NullMarked
package dev.tandem.domain.search;

import org.jspecify.annotations.NullMarked;
