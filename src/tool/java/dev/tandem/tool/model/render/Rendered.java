package dev.tandem.tool.model.render;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a model becomes.
 *
 * @param files the texts of new files by their paths in the project, in their order
 * @param insertions what is added to pages of the documentation
 */
public record Rendered(Map<Path, String> files, List<Insertion> insertions) {}
