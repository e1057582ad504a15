/** What this service is and what it offers. */
@NullMarked
package dev.tandem.service.info;

import org.jspecify.annotations.NullMarked;
