/** Who makes a request and whether it may: every route declares the right that it needs. Keys and the audit have their resources here. */
@NullMarked
package dev.tandem.api.access;

import org.jspecify.annotations.NullMarked;
