package dev.tandem.clients;

import dev.tandem.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;

/** A folder in which one client is generated, built and run: the program for it, and the API's description beside it. */
final class Workshop {

    private static final Path PROGRAMS = Path.of("src/clients");
    private static final Path PLACE = Path.of("target/clients");
    private static final Path PAGE = Path.of("docs/clients.md");
    private static final String GENERATE = "npx @openapitools/openapi-generator-cli generate ";
    private static final long LIMIT_MINUTES = 8;

    private final Path folder;

    private Workshop(Path folder) {
        this.folder = folder;
    }

    static Workshop open(String language, String description) throws IOException {
        Path folder = PLACE.resolve(language);
        IOUtils.rm(folder);
        Files.createDirectories(folder);
        Path programs = PROGRAMS.resolve(language);
        try (Stream<Path> files = Files.walk(programs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(programs.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.writeString(folder.resolve("openapi.json"), description);
        return new Workshop(folder);
    }

    /** Makes the client by the page's own commands. The generator is the jar that npx would download. */
    void generate(String generator) throws IOException, InterruptedException {
        for (String command : commands(generator)) {
            if (command.startsWith(GENERATE)) {
                List<String> words = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-jar", jar()));
                words.add("generate");
                words.addAll(Arrays.asList(
                        command.substring(GENERATE.length()).trim().split(" +", -1)));
                run(words.toArray(String[]::new));
            } else {
                run("sh", "-c", command);
            }
        }
    }

    /** The lines of the page's block that names the generator. */
    private static List<String> commands(String generator) throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("```", -1))
                .filter(block -> block.startsWith("\n" + GENERATE) && block.contains(" -g " + generator + " "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(PAGE + " has no command for " + generator + "."))
                .replace("\\\n", " ")
                .trim()
                .lines()
                .toList();
    }

    private static String jar() throws IOException {
        try (Stream<Path> files = Files.list(PLACE.resolve("generator"))) {
            return files.findFirst().orElseThrow().toAbsolutePath().toString();
        }
    }

    /** The paths of all files in the folder with that ending. */
    List<String> sources(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    /** Runs the command in the folder and gives what it printed. Where it fails, so does the test, with that output. */
    String run(String... command) throws IOException, InterruptedException {
        Path log = Processes.log("client");
        Process process = Processes.start(new ProcessBuilder(command).directory(folder.toFile()), log);
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(
                        command[0] + " does not end within " + LIMIT_MINUTES + " minutes:\n" + Files.readString(log));
            }
        } finally {
            if (process.isAlive()) {
                Processes.kill(process);
            }
        }
        String output = Files.readString(log);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + output);
        }
        return output;
    }
}
