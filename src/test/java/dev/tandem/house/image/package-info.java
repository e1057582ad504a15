/** What a native image is told, compared with what the service and its libraries look up by name. */
@NullMarked
package dev.tandem.house.image;

import org.jspecify.annotations.NullMarked;
