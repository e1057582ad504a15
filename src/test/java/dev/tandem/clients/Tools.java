package dev.tandem.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs besides a JDK that generated clients need. The one that is missing is named, with what would install it. */
final class Tools {

    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private Tools() {}

    static void require(String... programs) {
        for (String program : programs) {
            if (!isOnPath(program)) {
                throw new IllegalStateException("The TypeScript client needs " + program
                        + ", which is not on the path; on Debian: apt-get install nodejs npm");
            }
        }
    }

    /** A Python that has the modules: the system's, because Debian's packages are for that one, or else the one on the path. */
    static String python(String... modules) throws IOException, InterruptedException {
        for (String python : PYTHONS) {
            if (Files.isExecutable(Path.of(python)) || isOnPath(python)) {
                Process check = new ProcessBuilder(
                                python,
                                "-c",
                                "import sys, " + String.join(", ", modules)
                                        + "; sys.exit(not pydantic.VERSION.startswith('1.'))")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (check.waitFor(60, TimeUnit.SECONDS) && check.exitValue() == 0) {
                    return python;
                }
            }
        }
        throw new IllegalStateException("The Python client needs a python3 with " + String.join(", ", modules)
                + " (pydantic 1.10), which neither " + String.join(" nor ", PYTHONS)
                + " has; on Debian 12: apt-get install python3-urllib3 python3-dateutil python3-pydantic");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator"), -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
