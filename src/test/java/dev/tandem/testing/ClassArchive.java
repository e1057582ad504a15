package dev.tandem.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM's archive of loaded classes (class-data sharing), which a training start of the packaged service leaves behind. A start with it
 * takes two thirds of the processor time, and the tests start the service dozens of times.
 */
final class ClassArchive {

    private static final Path FILE = Path.of("target/packaged-service.jsa").toAbsolutePath();

    private ClassArchive() {}

    /** The arguments with which the JVM uses it; none while there is none. */
    static List<String> arguments() {
        return Files.exists(FILE) ? List.of("-XX:SharedArchiveFile=" + FILE) : List.of();
    }

    /** Makes the archive of this jar by a start with these properties and an index of its own, unless that was done before. */
    static synchronized void train(Path folder, String... properties) throws IOException, InterruptedException {
        if (isOfThisJar()) {
            return;
        }
        Files.deleteIfExists(FILE);
        Path made = FILE.resolveSibling("packaged-service.jsa.part");
        try (PackagedService service = PackagedService.train(folder, made, properties)) {
            service.terminate();
            service.exit();
        }
        Files.move(made, FILE);
    }

    private static boolean isOfThisJar() throws IOException {
        return Files.exists(FILE)
                && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(PackagedService.JAR)) > 0;
    }
}
