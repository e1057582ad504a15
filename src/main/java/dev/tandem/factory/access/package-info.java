/** Makes keys, from drafts and from nothing, and reads the terms of keys that were made elsewhere. */
@NullMarked
package dev.tandem.factory.access;

import org.jspecify.annotations.NullMarked;
