/**
 * What a model consists of: its name and its fields, and the one table of types. A type says for its fields all that the layers have to agree
 * on: column, record, JSON, rules, and the values at the rules' boundaries with which the generated tests try them.
 */
@NullMarked
package dev.tandem.tool.model.types;

import org.jspecify.annotations.NullMarked;
