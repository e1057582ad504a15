/**
 * The rules of the house: which room may use which, what happens where, and that the documentation says what the code does. Each rule is
 * proven to bite on the classes in {@code bad}, which break them on purpose and are used by nothing else.
 */
@NullMarked
package dev.tandem.house;

import org.jspecify.annotations.NullMarked;
