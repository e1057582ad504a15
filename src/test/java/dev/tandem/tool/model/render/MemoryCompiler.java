package dev.tandem.tool.model.render;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources that are in memory against the classes of the project. */
public final class MemoryCompiler {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** It knows the jars of the class path, whose reading takes longer than compiling does. */
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    private MemoryCompiler() {}

    /** What the compiler finds wrong in sources; no classes are written. */
    public static List<String> errors(Map<String, String> sources) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try {
            JavacTask task = (JavacTask) COMPILER.getTask(null, FILES, found, options(), null, objects(sources));
            task.analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return errors(found);
    }

    /** Writes the classes of sources into a folder. */
    static void compile(Map<String, String> sources, Path classes) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try {
            FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(Files.createDirectories(classes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        COMPILER.getTask(null, FILES, found, options(), null, objects(sources)).call();
        if (!errors(found).isEmpty()) {
            throw new AssertionError(errors(found).toString());
        }
    }

    private static List<String> options() {
        return List.of(
                "--release",
                "21",
                "-proc:none",
                "-nowarn",
                "-Xlint:none",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private static List<JavaFileObject> objects(Map<String, String> sources) {
        return sources.entrySet().stream()
                .<JavaFileObject>map(source -> new Text(source.getKey(), source.getValue()))
                .toList();
    }

    private static List<String> errors(DiagnosticCollector<JavaFileObject> found) {
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String text;

        private Text(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
