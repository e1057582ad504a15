/** Tokens of an identity provider: whose they are, and what their groups may do. */
@NullMarked
package dev.tandem.service.access.token;

import org.jspecify.annotations.NullMarked;
