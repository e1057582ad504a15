@NullMarked
package dev.tandem.api.imports.csv;

import org.jspecify.annotations.NullMarked;
