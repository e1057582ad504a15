@NullMarked
package dev.tandem.api.exports;

import org.jspecify.annotations.NullMarked;
