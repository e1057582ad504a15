@NullMarked
package dev.tandem.index.lucene.image;

import org.jspecify.annotations.NullMarked;
