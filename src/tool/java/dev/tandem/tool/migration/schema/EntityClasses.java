package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** Finds the entities among the compiled classes, so that no list of them has to be maintained. */
final class EntityClasses {

    private EntityClasses() {}

    /** @throws MigrationRefusal if there is none: most likely nothing has been compiled */
    static List<Class<?>> in(Path classes) {
        Index index = index(classes);
        ClassLoader loader = new Compiled(classes);
        List<Class<?>> mapped = Stream.of(Entity.class, Embeddable.class, MappedSuperclass.class, Converter.class)
                .flatMap(annotation -> index.getAnnotations(DotName.createSimple(annotation)).stream())
                .map(found -> found.target().asClass().name().toString())
                .sorted()
                .<Class<?>>map(name -> load(name, loader))
                .toList();
        if (mapped.stream().noneMatch(found -> found.isAnnotationPresent(Entity.class))) {
            throw new MigrationRefusal("There are no compiled entities in " + classes);
        }
        return mapped;
    }

    private static Index index(Path classes) {
        Indexer indexer = new Indexer();
        if (Files.isDirectory(classes)) {
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file :
                        (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                    try (InputStream bytes = Files.newInputStream(file)) {
                        indexer.index(bytes);
                    }
                }
            } catch (IOException e) {
                throw new MigrationRefusal("Can't read " + classes + ": " + e.getMessage(), e);
            }
        }
        return indexer.complete();
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new MigrationRefusal("The entity " + name + " is not on the class path", e);
        }
    }

    /**
     * Loads what is compiled in a folder, and asks the class path for the rest only. The tool is not compiled again for a changed entity, so the
     * class path may have an earlier state of the same classes.
     */
    private static final class Compiled extends ClassLoader {

        private final Path folder;

        Compiled(Path folder) {
            super(EntityClasses.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                Path file = folder.resolve(name.replace('.', '/') + ".class");
                if (loaded == null && Files.exists(file)) {
                    loaded = defined(name, file);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }

        private Class<?> defined(String name, Path file) throws ClassNotFoundException {
            try {
                byte[] bytes = Files.readAllBytes(file);
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
