/**
 * Servers outside that are asked over HTTP: engines of search and models. Requests end in time, and only so many are under way at once. {@link
 * dev.tandem.remote.ModelServer} has what the servers of all models share.
 */
@NullMarked
package dev.tandem.remote;

import org.jspecify.annotations.NullMarked;
