package dev.tandem.house.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.junit.jupiter.api.Test;

/** Everything that the service and its libraries look up by name is registered for a native image, and what is registered exists. */
class NativeImageTest {

    private static final ImageMetadata METADATA = ImageMetadata.read();
    private static final JavaClasses SERVICE =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.tandem");

    /** Their static state is of the process: identifiers of segments, features of the processor, a loaded library. */
    private static final Pattern OF_THE_PROCESS =
            Pattern.compile("(org\\.apache\\.lucene|org\\.tartarus|ai\\.onnxruntime)\\..*");

    private static final Pattern ONNX_NAME = Pattern.compile("ai/onnxruntime/\\w+(?=\\x00)");

    @Test
    void whatIsRegisteredExists() {
        List<String> missing = new ArrayList<>();
        METADATA.types().forEach((name, entry) -> {
            try {
                Class<?> type = Class.forName(name, false, NativeImageTest.class.getClassLoader());
                for (JsonNode method : entry.path("methods")) {
                    type.getDeclaredConstructor(parameters(method));
                }
            } catch (ReflectiveOperationException e) {
                missing.add(e.toString());
            }
        });
        assertThat(missing).isEmpty();
    }

    private static Class<?>[] parameters(JsonNode method) throws ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (JsonNode name : method.get("parameterTypes")) {
            types.add(
                    switch (name.asText()) {
                        case "int" -> int.class;
                        case "long" -> long.class;
                        case "long[]" -> long[].class;
                        case "java.lang.String[]" -> String[].class;
                        default -> Class.forName(name.asText(), false, NativeImageTest.class.getClassLoader());
                    });
        }
        return types.toArray(Class[]::new);
    }

    @Test
    void whatLuceneFindsAsServicesIsRegistered() throws IOException {
        try (JarFile lucene = jar(IndexWriter.class)) {
            List<String> services = names(lucene)
                    .filter(name -> name.startsWith("META-INF/services/") && !name.contains(".analysis."))
                    .filter(name -> !name.endsWith("/"))
                    .toList();
            assertThat(services).isNotEmpty().allMatch(NativeImageTest::isIncluded);
            for (String service : services) {
                assertThat(text(lucene, service)
                                .lines()
                                .map(line -> line.replaceFirst("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .filter(line -> !METADATA.constructs(line, List.of())))
                        .as(service)
                        .isEmpty();
            }
        }
    }

    @Test
    void whatLuceneFindsByTheNameOfAnAttributeIsRegistered() throws IOException {
        for (Class<?> in : List.of(IndexWriter.class, EnglishAnalyzer.class)) {
            try (JarFile lucene = jar(in)) {
                assertThat(names(lucene)
                                .filter(name -> name.endsWith("AttributeImpl.class"))
                                .map(name -> name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.'))
                                .filter(NativeImageTest::isMadeWithoutArguments)
                                .filter(name -> !METADATA.constructs(name, List.of())))
                        .as(lucene.getName())
                        .isEmpty();
            }
        }
    }

    private static boolean isMadeWithoutArguments(String type) {
        try {
            Class<?> found = Class.forName(type, false, NativeImageTest.class.getClassLoader());
            return !Modifier.isAbstract(found.getModifiers())
                    && Stream.of(found.getDeclaredConstructors()).anyMatch(made -> made.getParameterCount() == 0);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatStemmersCallByNameIsOpen() {
        assertThat(SERVICE.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(used -> used.getTargetClass().getName())
                        .filter(name -> name.startsWith("org.tartarus.snowball.ext.")))
                .isNotEmpty()
                .allMatch(name -> METADATA.types().containsKey(name)
                        && METADATA.types().get(name).path("allDeclaredMethods").asBoolean());
    }

    /** Panache reads the columns that a projection names in its constructor. Keys of rows are Hibernate's, which registers them. */
    @Test
    void projectionsAreOpen() {
        assertThat(SERVICE.stream()
                        .filter(type -> type.getPackageName().equals("dev.tandem.database.entity"))
                        .filter(type -> type.isAssignableTo(Record.class))
                        .filter(type -> !type.getSimpleName().endsWith("Id")))
                .isNotEmpty()
                .allMatch(type -> type.isAnnotatedWith(RegisterForReflection.class));
    }

    @Test
    void whatTheModelsLibraryFindsIsRegistered() throws IOException {
        try (JarFile onnx = jar(OrtEnvironment.class)) {
            String library = text(onnx, "ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so");
            Set<String> found = new TreeSet<>();
            Matcher names = ONNX_NAME.matcher(library);
            while (names.find()) {
                found.add(names.group().replace('/', '.'));
            }
            Set<String> registered = new TreeSet<>();
            METADATA.types().forEach((name, entry) -> {
                if (entry.path("jniAccessible").asBoolean() && name.startsWith("ai.")) {
                    registered.add(name);
                }
            });
            assertThat(registered).isEqualTo(found).isNotEmpty();
        }
    }

    @Test
    void whatIsReadIsIncluded() throws IOException {
        List<String> resources =
                new ArrayList<>(List.of("all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json"));
        resources.addAll(List.of("bge-small-en-v1.5-q.onnx", "bge-small-en-v1.5-q-tokenizer.json"));
        try (JarFile analysis = jar(EnglishAnalyzer.class)) {
            names(analysis)
                    .filter(name -> name.endsWith("_stop.txt") || name.endsWith("stopwords.txt"))
                    .forEach(resources::add);
        }
        assertThat(resources).hasSizeGreaterThan(20).allMatch(NativeImageTest::isIncluded);
    }

    /** A class that makes such state when the image is built takes it from the machine that builds, or the build fails. */
    @Test
    void whatIsOfTheProcessIsMadeWhenItStarts() {
        assertThat(SERVICE.stream()
                        .filter(type -> type.getStaticInitializer().stream()
                                .flatMap(made -> Stream.concat(
                                        made.getCallsFromSelf().stream().map(call -> call.getTargetOwner()),
                                        made.getFieldAccesses().stream().map(access -> access.getTargetOwner())))
                                .anyMatch(owner ->
                                        OF_THE_PROCESS.matcher(owner.getName()).matches()))
                        .map(JavaClass::getName)
                        .filter(name -> !METADATA.isInitialisedAtRunTime(name)))
                .as("classes to name after --initialize-at-run-time")
                .isEmpty();
        assertThat(SERVICE.stream()
                        .filter(type -> type.getStaticInitializer().stream()
                                .flatMap(made -> made.getMethodCallsFromSelf().stream())
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                                        && !call.getName().equals("version")))
                        .map(JavaClass::getName))
                .as("classes with constants of the machine that builds the image")
                .isEmpty();
    }

    private static boolean isIncluded(String resource) {
        return METADATA.globs().stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .anyMatch((PathMatcher glob) -> glob.matches(Path.of(resource)));
    }

    private static JarFile jar(Class<?> type) throws IOException {
        try {
            return new JarFile(new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Stream<String> names(JarFile jar) {
        Enumeration<JarEntry> entries = jar.entries();
        List<String> names = new ArrayList<>();
        while (entries.hasMoreElements()) {
            names.add(entries.nextElement().getName());
        }
        return names.stream();
    }

    /** Octets as characters, so that names in a library can be found too. */
    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
