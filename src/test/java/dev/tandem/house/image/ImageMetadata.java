package dev.tandem.house.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the builder of a native image is told in {@code META-INF/native-image}: the types that are looked up by name, the resources that are
 * read, and the classes that are initialised when the service starts and not when the image is built.
 *
 * @param types by their names
 */
record ImageMetadata(Map<String, JsonNode> types, List<String> globs, Set<String> initialisedAtRunTime) {

    private static final String FOLDER = "/META-INF/native-image/dev.tandem/tandem/";
    private static final String AT_RUN_TIME = "--initialize-at-run-time=";

    static ImageMetadata read() {
        try (InputStream metadata = open("reachability-metadata.json");
                InputStream arguments = open("native-image.properties")) {
            JsonNode root = new ObjectMapper().readTree(metadata);
            Map<String, JsonNode> types = new HashMap<>();
            for (JsonNode type : root.get("reflection")) {
                if (types.put(type.get("type").asText(), type) != null) {
                    throw new IllegalStateException(type.get("type").asText() + " is registered twice.");
                }
            }
            List<String> globs = new ArrayList<>();
            root.get("resources")
                    .forEach(resource -> globs.add(resource.get("glob").asText()));
            return new ImageMetadata(types, globs, atRunTime(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> atRunTime(InputStream arguments) throws IOException {
        Properties properties = new Properties();
        properties.load(arguments);
        Set<String> names = new TreeSet<>();
        for (String argument : properties.getProperty("Args").split("\\s+")) {
            if (argument.startsWith(AT_RUN_TIME)) {
                names.addAll(List.of(argument.substring(AT_RUN_TIME.length()).split(",")));
            }
        }
        return names;
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = ImageMetadata.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IOException("There is no " + FOLDER + name);
        }
        return in;
    }

    /** Whether the type's constructor with these parameters can be called by name. */
    boolean constructs(String type, List<String> parameters) {
        JsonNode registered = types.get(type);
        if (registered == null) {
            return false;
        }
        if (registered.path("allDeclaredConstructors").asBoolean()) {
            return true;
        }
        for (JsonNode method : registered.path("methods")) {
            List<String> names = new ArrayList<>();
            method.get("parameterTypes").forEach(name -> names.add(name.asText()));
            if (method.get("name").asText().equals("<init>") && names.equals(parameters)) {
                return true;
            }
        }
        return false;
    }

    boolean isInitialisedAtRunTime(String type) {
        return initialisedAtRunTime.stream()
                .anyMatch(name -> type.equals(name) || type.startsWith(name + ".") || type.startsWith(name + "$"));
    }
}
