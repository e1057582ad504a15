package dev.tandem.tool.model.project;

import dev.tandem.tool.model.ModelRefusal;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A copy of what a change needs of the project, in which it is tried. Nothing in the project itself is touched. */
public final class Scratch {

    private static final String ENTITIES = "dev/tandem/database/entity";

    private final Checkout checkout;
    private final Path folder;
    private final List<String> notes = new ArrayList<>();

    public Scratch(Checkout checkout, String name) {
        this.checkout = checkout;
        this.folder = checkout.work().resolve(name);
        Texts.clear(folder);
        for (Path needed : List.of(
                Checkout.MIGRATIONS, Checkout.JAVA_MIGRATIONS, Checkout.UNDO, Path.of("src/tool/resources/model"))) {
            Texts.copy(checkout.root().resolve(needed), folder.resolve(needed));
        }
    }

    public void write(Path path, String text) {
        Texts.write(folder.resolve(path), text);
    }

    /**
     * Compiles the sources that were written here, and the entities of the project.
     *
     * @param gone files of the project that are not there any more
     * @throws ModelRefusal with what the compiler says
     */
    void compile(List<Path> gone) {
        List<Path> sources = new ArrayList<>(javaFiles(folder.resolve("src")));
        sources.addAll(entities(gone));
        refuse(compiled(sources));
    }

    /**
     * Compiles the entities, of which some were written here.
     *
     * @throws ModelRefusal with what the compiler says
     */
    public void compileEntities() {
        List<Path> sources =
                new ArrayList<>(javaFiles(folder.resolve("src/main/java").resolve(ENTITIES)));
        sources.addAll(entities(List.of()));
        refuse(compiled(sources));
    }

    /**
     * What the compiler says of the sources that were written here, and of some of the project; empty if it has nothing against them.
     *
     * @param others files of the project
     */
    public String complaints(List<Path> others) {
        List<Path> sources = new ArrayList<>(javaFiles(folder.resolve("src")));
        others.stream().filter(file -> !isHere(file)).forEach(sources::add);
        return compiled(sources).strip().replace(folder + "/", "").replace(checkout.root() + "/", "");
    }

    private static void refuse(String complaints) {
        if (!complaints.isEmpty()) {
            throw new ModelRefusal("This does not compile, so nothing was changed:\n" + complaints);
        }
    }

    /** Those of the project that are neither gone nor written here. */
    private List<Path> entities(List<Path> gone) {
        return javaFiles(checkout.mainSources().resolve(ENTITIES)).stream()
                .filter(entity -> !isHere(entity))
                .filter(entity -> !gone.contains(checkout.root().relativize(entity)))
                .toList();
    }

    private boolean isHere(Path file) {
        return Files.exists(folder.resolve(checkout.root().relativize(file)));
    }

    private String compiled(List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--release",
                    "21",
                    "-parameters",
                    "-proc:none",
                    "-nowarn",
                    "-Xlint:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-sourcepath",
                    sourcePath(),
                    "-d",
                    classes().toString());
            Files.createDirectories(classes());
            boolean isFine = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return isFine ? "" : messages.toString();
        } catch (IOException e) {
            throw new ModelRefusal("Can't compile: " + e.getMessage(), e);
        }
    }

    private String sourcePath() {
        return Stream.of(
                        folder.resolve("src/main/java"),
                        folder.resolve("src/test/java"),
                        checkout.mainSources(),
                        checkout.testSources())
                .map(Path::toString)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private static List<Path> javaFiles(Path under) {
        return Texts.under(under).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    /**
     * Has {@code ./db} write and prove a migration to the entities that were compiled here.
     *
     * @return the texts of its scripts, by their paths
     * @throws ModelRefusal with what {@code ./db} says
     */
    public Map<Path, String> revision(String message, String... options) {
        Map<Path, String> before = scripts();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dtandem.db.project=" + folder,
                "-Dtandem.db.classes=" + classes(),
                "-cp",
                classes() + File.pathSeparator + System.getProperty("java.class.path"),
                "dev.tandem.tool.migration.command.Main",
                "revision",
                "--autogenerate",
                "-m",
                message));
        command.addAll(List.of(options));
        Outcome outcome = Outcome.of(command, folder);
        if (outcome.code() != 0) {
            throw new ModelRefusal("./db does not write the migration, so nothing was changed:\n" + outcome.output());
        }
        notes.clear();
        outcome.output()
                .lines()
                .filter(line -> line.startsWith("note: ") || line.startsWith("lint: "))
                .forEach(notes::add);
        Map<Path, String> written = new LinkedHashMap<>(scripts());
        written.keySet().removeAll(before.keySet());
        return written;
    }

    /** What {@code ./db} has said of the last migration to those who read it. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private Map<Path, String> scripts() {
        Map<Path, String> scripts = new LinkedHashMap<>();
        Stream.of(Checkout.MIGRATIONS, Checkout.UNDO)
                .flatMap(place -> Texts.under(folder.resolve(place)).stream())
                .forEach(file -> scripts.put(folder.relativize(file), Texts.read(file)));
        return scripts;
    }

    public void clear() {
        Texts.clear(folder);
    }
}
