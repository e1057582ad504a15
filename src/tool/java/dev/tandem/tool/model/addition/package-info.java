/** A model gets more fields: what is as it was written is made anew, and what was changed is merged. */
@NullMarked
package dev.tandem.tool.model.addition;

import org.jspecify.annotations.NullMarked;
