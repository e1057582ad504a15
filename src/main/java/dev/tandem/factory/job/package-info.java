/** Makes jobs. */
@NullMarked
package dev.tandem.factory.job;

import org.jspecify.annotations.NullMarked;
