package dev.tandem.tool.migration.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Entities that exist for a test only; among the tests' own classes the application would find them too. */
final class Compiled {

    private Compiled() {}

    /** Compiles a source file in a folder and loads its class. */
    static Class<?> in(Path folder, String name, String source) {
        try {
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-cp", path, "-d", folder.toString(), file.toString());
            if (result != 0) {
                throw new IllegalArgumentException("Doesn't compile: " + source);
            }
            var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader());
            return loader.loadClass(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
