/** Makes documents. */
@NullMarked
package dev.tandem.factory.document;

import org.jspecify.annotations.NullMarked;
