@NullMarked
package dev.tandem.embedding.http;

import org.jspecify.annotations.NullMarked;
