package dev.tandem.testing;

import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Models;
import java.nio.file.Path;
import java.util.List;

/** The routes of the models that {@code ./model} has made. They have tests of their own, which know their records. */
public final class ModelRoutes {

    private static final List<String> ALL = new Models(new Checkout(Path.of("")))
            .names().values().stream().map(name -> "/v1/" + name.path()).toList();

    private ModelRoutes() {}

    /** @param path such as {@code /v1/authors/\{id}} */
    public static boolean has(String path) {
        return ALL.stream().anyMatch(model -> path.equals(model) || path.startsWith(model + "/"));
    }
}
