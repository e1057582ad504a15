/** {@code ./model} in a copy of the project, as its user runs it. */
package dev.tandem.generator;
