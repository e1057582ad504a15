/** Servers outside that are asked over HTTP: engines of search and models. Requests end in time, and only so many are under way at once. */
@NullMarked
package dev.tandem.remote;

import org.jspecify.annotations.NullMarked;
