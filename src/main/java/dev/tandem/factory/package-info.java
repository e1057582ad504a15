/**
 * Step 7 of ten: the factory. The only door for a new domain object: a draft in, an object or every broken rule out.
 */
@NullMarked
package dev.tandem.factory;

import org.jspecify.annotations.NullMarked;
