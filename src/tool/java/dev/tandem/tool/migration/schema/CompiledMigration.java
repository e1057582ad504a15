package dev.tandem.tool.migration.schema;

import dev.tandem.database.migration.RowMigration;
import dev.tandem.tool.migration.MigrationRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles migrations in memory, each once, and loads them by a loader of their own. They see the class path, so they may use libraries, and of the
 * application's own classes the one that they extend: these change, and an old migration does not.
 */
public final class CompiledMigration {

    /** The package of all migrations, with its last dot. */
    public static final String PACKAGE = "db.migration.";

    private static final Map<String, Class<? extends RowMigration>> COMPILED = new ConcurrentHashMap<>();

    private CompiledMigration() {}

    /**
     * A new object of the class.
     *
     * @param name without the package
     * @throws MigrationRefusal if it does not compile, or is no row migration
     */
    public static RowMigration of(String name, String text) {
        try {
            return COMPILED.computeIfAbsent(name + "\n" + text, key -> compiled(name, text))
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new MigrationRefusal(name + ".java needs a public constructor without parameters", e);
        }
    }

    private static Class<? extends RowMigration> compiled(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new MigrationRefusal(name + ".java has to be compiled, and this is a Java without a compiler");
        }
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        List<String> options =
                List.of("--release", "21", "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
        try (InMemory classes = new InMemory(compiler.getStandardFileManager(messages, null, StandardCharsets.UTF_8))) {
            boolean isFine = compiler.getTask(null, classes, messages, options, null, List.of(new Source(name, text)))
                    .call();
            if (!isFine) {
                throw new MigrationRefusal(name + ".java does not compile" + first(messages));
            }
            return new Loader(classes.bytes()).loadClass(PACKAGE + name).asSubclass(RowMigration.class);
        } catch (IOException e) {
            throw new MigrationRefusal("Can't compile " + name + ".java: " + e.getMessage(), e);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new MigrationRefusal(
                    name + ".java must have the class " + PACKAGE + name + ", which extends RowMigration", e);
        }
    }

    private static String first(DiagnosticCollector<JavaFileObject> messages) {
        return messages.getDiagnostics().stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .map(error -> ", line " + error.getLineNumber() + ": "
                        + error.getMessage(Locale.ROOT).replaceAll("\\s+", " "))
                .orElse("");
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + (PACKAGE + name).replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what the compiler writes. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new HashMap<>();
            written.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
            return bytes;
        }
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(CompiledMigration.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
