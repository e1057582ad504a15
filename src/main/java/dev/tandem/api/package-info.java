/**
 * The HTTP interface. Requests arrive as JSON and become drafts; domain objects leave as views. The only decision that is made here, in one
 * place, is which status a refusal gets.
 */
@NullMarked
package dev.tandem.api;

import org.jspecify.annotations.NullMarked;
