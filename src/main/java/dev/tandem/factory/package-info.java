/**
 * Step 7 of ten: the factory. New domain objects are made only here: a factory turns a draft into an object, or reports every broken rule.
 */
@NullMarked
package dev.tandem.factory;

import org.jspecify.annotations.NullMarked;
