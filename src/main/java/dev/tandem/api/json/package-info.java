/** How JSON is read strictly. */
@NullMarked
package dev.tandem.api.json;

import org.jspecify.annotations.NullMarked;
