package dev.tandem.service;

import dev.tandem.domain.transfer.ImportMode;

/**
 * How to import.
 *
 * @param stopAtRefusal whether the first line that is refused ends the import: what stands before it is written, nothing after it
 */
public record ImportOptions(ImportMode mode, boolean stopAtRefusal) {}
