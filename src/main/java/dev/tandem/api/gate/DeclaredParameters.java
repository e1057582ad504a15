package dev.tandem.api.gate;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.api.http.Query;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses, on every route, query parameters that the resource's method does not declare. */
class DeclaredParameters {

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    // Before all other filters: unknown parameters are refused before anything else is checked.
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public void check(UriInfo uri, ResourceInfo resource) {
        Query.only(declared.computeIfAbsent(resource.getResourceMethod(), DeclaredParameters::names), uri);
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(DeclaredParameters::names)
                .collect(toUnmodifiableSet());
    }

    private static Stream<String> names(Parameter parameter) {
        return parameter.isAnnotationPresent(BeanParam.class)
                ? Arrays.stream(parameter.getType().getDeclaredFields()).flatMap(field -> name(field, field.getName()))
                : name(parameter, parameter.getName());
    }

    private static Stream<String> name(AnnotatedElement element, String otherwise) {
        return Stream.ofNullable(element.getAnnotation(RestQuery.class))
                .map(query -> query.value().isEmpty() ? otherwise : query.value());
    }
}
