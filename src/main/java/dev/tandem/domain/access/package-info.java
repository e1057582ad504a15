/** Who may do what: principals, the rights that they are granted on collections, and the keys that prove who they are. */
@NullMarked
package dev.tandem.domain.access;

import org.jspecify.annotations.NullMarked;
