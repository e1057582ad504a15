/** A model becomes files and pieces of documentation: templates, filled in and formatted. */
@NullMarked
package dev.tandem.tool.model.render;

import org.jspecify.annotations.NullMarked;
