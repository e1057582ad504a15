package dev.tandem.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the resources answer to: {@code GET /v1/collections/{name}}. */
final class Routes {

    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, HEAD.class, POST.class, PUT.class, PATCH.class, DELETE.class);

    private Routes() {}

    /** A route of Vert.x, as resources don't get bodies as streams. */
    private static final String STREAMED = "POST /v1/collections/{name}/documents:import";

    static Set<String> of(JavaClasses classes) {
        Set<String> routes = new TreeSet<>(Set.of(STREAMED));
        for (JavaClass type : classes) {
            if (type.isAnnotatedWith(Path.class)) {
                String base = type.getAnnotationOfType(Path.class).value();
                type.getMethods().forEach(method -> addTo(routes, base, method));
            }
        }
        return routes;
    }

    private static void addTo(Set<String> routes, String base, JavaMethod method) {
        String path = method.isAnnotatedWith(Path.class)
                ? "/" + method.getAnnotationOfType(Path.class).value()
                : "";
        METHODS.stream()
                .filter(method::isAnnotatedWith)
                .forEach(kind -> routes.add(kind.getSimpleName() + " "
                        + (base + path).replaceAll("/+", "/").replaceAll("\\{(\\w+):[^}]*}", "{$1}")));
    }

    /** Whether a request is to one of the routes. */
    static boolean answer(Set<String> routes, String method, String path) {
        return routes.stream()
                .map(route -> route.split(" ", 2))
                .anyMatch(route ->
                        route[0].equals(method) && Pattern.matches(route[1].replaceAll("\\{\\w+}", "[^/]+"), path));
    }
}
