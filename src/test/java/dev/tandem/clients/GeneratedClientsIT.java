package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.PackagedService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in each language works through the same steps with a client made by a command of docs/clients.md. */
class GeneratedClientsIT {

    private static final int STEPS = 31;
    private static final Pattern STEP = Pattern.compile("(?m)^ok (\\d+) ");
    private static final Path LIBRARIES = Path.of("target/clients/lib").toAbsolutePath();
    private static final String JAVA_HOME = System.getProperty("java.home");

    private static EmbeddedPostgres postgres;
    private static PackagedService service;
    private static String description;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        service = PackagedService.start(
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.index.directory=" + folder.resolve("index"));
        description = service.send("GET", "/q/openapi?format=json", null).body();
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        service.close();
        postgres.close();
    }

    @Test
    void typescript() throws Exception {
        Tools.require("node", "npm");
        Workshop workshop = Workshop.open("typescript", description);
        workshop.generate("typescript-fetch");
        workshop.run("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
        workshop.run("node", "node_modules/typescript/bin/tsc", "--project", "tsconfig.json");
        assertWorksThrough(workshop.run("node", "built/scenario.js", url(), "typescript"));
    }

    @Test
    void java() throws Exception {
        Workshop workshop = Workshop.open("java", description);
        workshop.generate("java");
        List<String> compile = new ArrayList<>(List.of(
                Path.of(JAVA_HOME, "bin", "javac").toString(),
                "--release",
                "21",
                "-Xlint:all,-serial,-deprecation,-this-escape",
                "-Werror",
                "-proc:none",
                "-d",
                "built",
                "-cp",
                LIBRARIES + "/*"));
        compile.addAll(workshop.sources(".java"));
        workshop.run(compile.toArray(String[]::new));
        assertWorksThrough(workshop.run(
                Path.of(JAVA_HOME, "bin", "java").toString(),
                "-cp",
                "built" + System.getProperty("path.separator") + LIBRARIES + "/*",
                "Scenario",
                url(),
                "java"));
    }

    @Test
    void python() throws Exception {
        String python = Tools.python("urllib3", "dateutil", "pydantic");
        Workshop workshop = Workshop.open("python", description);
        workshop.generate("python-pydantic-v1");
        assertWorksThrough(workshop.run("env", "PYTHONPATH=client", python, "scenario.py", url(), "python"));
    }

    private static String url() {
        return service.base().toString();
    }

    private static void assertWorksThrough(String output) {
        assertThat(STEP.matcher(output).results().map(MatchResult::group).count())
                .as(output)
                .isEqualTo(STEPS);
    }
}
