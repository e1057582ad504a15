package dev.tandem.init.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Opens the records and enums of the API for Jackson. Quarkus opens those that a method of a resource names; many are read from a stream, or
 * written into one, and are named by none.
 */
public final class JsonTypes implements Feature {

    private static final Path API = Path.of("dev", "tandem", "api");
    private static final String CLASS = ".class";

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Path entry : access.getApplicationClassPath()) {
            for (String name : names(entry)) {
                Class<?> type = access.findClassByName(name);
                if (type != null && (type.isRecord() || type.isEnum())) {
                    open(type);
                }
            }
        }
    }

    private static void open(Class<?> type) {
        RuntimeReflection.register(type);
        RuntimeReflection.registerAllDeclaredConstructors(type);
        RuntimeReflection.register(type.getDeclaredConstructors());
        RuntimeReflection.registerAllDeclaredMethods(type);
        RuntimeReflection.register(type.getDeclaredMethods());
        RuntimeReflection.registerAllDeclaredFields(type);
        RuntimeReflection.register(type.getDeclaredFields());
        if (type.isRecord()) {
            RuntimeReflection.registerAllRecordComponents(type);
        }
    }

    /**
     * The names of the API's classes.
     *
     * @param entry a jar or a folder of the class path
     */
    static Set<String> names(Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                return within(entry);
            }
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                return within(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> within(Path root) throws IOException {
        Path api = root.resolve(API.toString());
        if (!Files.isDirectory(api)) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(api)) {
            files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS) && !file.endsWith("-info" + CLASS))
                    .forEach(file -> names.add(
                            file.substring(0, file.length() - CLASS.length()).replace('/', '.')));
        }
        return names;
    }
}
