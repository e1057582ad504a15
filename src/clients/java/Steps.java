import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.client.ApiClient;
import dev.tandem.client.ApiException;
import dev.tandem.client.model.Problem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts the steps of the scenario, expects refusals and reads streams. */
final class Steps {

    static final ObjectMapper JSON = ApiClient.createDefaultObjectMapper();

    private int passed;

    interface Work {

        void run() throws Exception;
    }

    /** Works through one step and says so. An exception ends the program, and with it the scenario. */
    void step(String name, Work work) throws Exception {
        try {
            work.run();
        } catch (Exception e) {
            System.out.println("not ok " + (passed + 1) + " " + name);
            throw e;
        }
        passed++;
        System.out.println("ok " + passed + " " + name);
    }

    /** What the client throws for a call, with its status checked. */
    static ApiException unsuccessful(int status, Work call) throws Exception {
        try {
            call.run();
        } catch (ApiException e) {
            equal(status, e.getCode());
            return e;
        }
        throw new IllegalStateException("The call succeeded, and " + status + " was expected.");
    }

    /** The refusal of a call, with its status checked. */
    static Problem refused(int status, Work call) throws Exception {
        return JSON.readValue(unsuccessful(status, call).getResponseBody(), Problem.class);
    }

    /** The lines of a streamed answer, which the client stores in a temporary file. */
    static <T> List<T> lines(File answer, Class<T> type) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(answer.toPath(), StandardCharsets.UTF_8)) {
            return reader.lines().map(line -> read(line, type)).toList();
        }
    }

    private static <T> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    /** The header of an answer, which has to be there. */
    static String header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().getFirst())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The answer has no " + name + "."));
    }

    static void equal(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new IllegalStateException("Expected " + expected + ", and it is " + actual + ".");
        }
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("That does not hold.");
        }
    }
}
