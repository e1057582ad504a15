/** Step 10 of ten: the service. The use cases. Transactions begin here. Remote calls and expensive computing stay outside of them. */
@NullMarked
package dev.tandem.service;

import org.jspecify.annotations.NullMarked;
