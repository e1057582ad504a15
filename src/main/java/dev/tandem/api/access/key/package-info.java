/** Keys and the audit: made, listed, rotated and revoked over HTTP. */
@NullMarked
package dev.tandem.api.access.key;

import org.jspecify.annotations.NullMarked;
