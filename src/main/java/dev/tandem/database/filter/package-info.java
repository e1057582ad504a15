/**
 * Filters as conditions in SQL on any table with the columns of a document, and the orders of lists. It knows neither rows nor sessions.
 */
@NullMarked
package dev.tandem.database.filter;

import org.jspecify.annotations.NullMarked;
