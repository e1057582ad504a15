/** The project that a model is written into: tried in a copy first, moved in as a whole, and remembered so that it can be taken back. */
@NullMarked
package dev.tandem.tool.model.project;

import org.jspecify.annotations.NullMarked;
