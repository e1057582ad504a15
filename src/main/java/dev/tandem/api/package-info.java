/**
 * The edge: what the world may ask. Requests come in as JSON and leave as drafts; domain objects come out as views. Nothing is decided
 * here but which status a refusal becomes, and that in one place.
 */
@NullMarked
package dev.tandem.api;

import org.jspecify.annotations.NullMarked;
