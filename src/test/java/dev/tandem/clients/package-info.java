/** Clients generated from the API's description, run against the packaged service. docs/clients.md tells how to make them. */
@NullMarked
package dev.tandem.clients;

import org.jspecify.annotations.NullMarked;
