package dev.tandem.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of the project with a history of its own, of what git knows or would know here.
 *
 * @param root its folder
 */
record Copy(Path root) {

    /** Makes the copy anew. */
    static Copy in(Path root) throws Exception {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(root);
        Path here = Path.of("").toAbsolutePath();
        Answer files = run(here, List.of("git", "ls-files", "-co", "--exclude-standard"));
        for (String name : files.output().lines().toList()) {
            Path file = here.resolve(name);
            if (Files.isRegularFile(file)) {
                Path copy = root.resolve(name);
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Copy copy = new Copy(root);
        copy.expect(0, "git", "init", "-q");
        copy.commit("The project");
        return copy;
    }

    /** What a program has said, and its exit code. */
    record Answer(int code, String output) {}

    void commit(String subject) throws Exception {
        expect(0, "git", "add", "-A");
        expect(
                0,
                "git",
                "-c",
                "user.name=Tester",
                "-c",
                "user.email=tester@example.org",
                "commit",
                "-q",
                "-m",
                subject);
    }

    /** Runs a program in the copy; returns what it says. */
    String expect(int code, String... command) throws Exception {
        Answer answer = run(root, List.of(command));
        assertThat(answer.code())
                .as(String.join(" ", command) + "\n" + answer.output())
                .isEqualTo(code);
        return answer.output();
    }

    /** What differs from the last commit; empty if nothing does. */
    String status() throws Exception {
        return expect(0, "git", "status", "--porcelain");
    }

    private static Answer run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }
}
