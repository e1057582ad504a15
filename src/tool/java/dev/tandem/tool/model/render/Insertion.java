package dev.tandem.tool.model.render;

import java.nio.file.Path;

/**
 * A piece of text that is added to a page, between whole lines.
 *
 * @param page its path in the project
 * @param text whole lines
 */
public record Insertion(Path page, String text) {}
