package dev.tandem.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packaged service as a process of its own, as it would run in production, on a free port. Closing kills it. */
public final class PackagedService implements AutoCloseable {

    public static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: https?://[^:]+:(\\d+).*Management interface listening on https?://[^:]+:(\\d+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private @Nullable URI base;
    private @Nullable URI management;

    private PackagedService(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, and returns at once. */
    public static PackagedService launch(Path folder, String... properties) throws IOException {
        return launch(JAR, folder, ClassArchive.arguments(), properties);
    }

    private static PackagedService launch(Path jar, Path folder, List<String> arguments, String... properties)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Started often and stopped soon: compiling better and collecting in parallel are not worth their time
                // here.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dtandem.access.mode=open",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=0"));
        command.addAll(arguments);
        for (String property : properties) {
            command.add("-D" + property);
        }
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        Path log = Processes.log("service");
        Process process = Processes.start(new ProcessBuilder(command).directory(folder.toFile()), log);
        return new PackagedService(process, log);
    }

    /** Starts it, and returns when it serves. */
    public static PackagedService start(Path folder, String... properties) throws IOException, InterruptedException {
        ClassArchive.train(folder, properties);
        return awaitServing(launch(folder, properties));
    }

    /** Starts this release of it, or another one, and returns when it serves. */
    public static PackagedService start(Path jar, Path folder, String... properties)
            throws IOException, InterruptedException {
        return jar.equals(JAR) ? start(folder, properties) : awaitServing(launch(jar, folder, List.of(), properties));
    }

    /** Starts it on an empty index, to be ended soon: at its end it writes its classes into the archive. */
    static PackagedService train(Path folder, Path archive, String... properties)
            throws IOException, InterruptedException {
        String[] onItsOwn = Arrays.copyOf(properties, properties.length + 1);
        onItsOwn[properties.length] = "tandem.index.directory=" + folder.resolve("training");
        return awaitServing(launch(JAR, folder, List.of("-XX:ArchiveClassesAtExit=" + archive), onItsOwn));
    }

    private static PackagedService awaitServing(PackagedService service) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (service.base == null) {
            Matcher listening = LISTENING.matcher(service.log());
            if (listening.find()) {
                service.base = URI.create("http://127.0.0.1:" + listening.group(1));
                service.management = URI.create("http://127.0.0.1:" + listening.group(2));
            } else if (service.process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                service.close();
                throw new IllegalStateException("The service did not start:\n" + service.log());
            }
        }
        return service;
    }

    public URI base() {
        if (base == null) {
            throw new IllegalStateException("It does not serve yet.");
        }
        return base;
    }

    /** Where those who run it ask. */
    public URI management() {
        if (management == null) {
            throw new IllegalStateException("It does not serve yet.");
        }
        return management;
    }

    /** The status of an address for those who run it. */
    public int probe(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(management().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Sends JSON, or what one of the headers says, and awaits the answer. */
    public HttpResponse<String> send(String method, String path, @Nullable String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Asks it to stop, as Kubernetes does. */
    public void terminate() {
        process.destroy();
    }

    /** Kills it, as a power cut would. */
    public void kill() throws InterruptedException {
        Processes.kill(process);
    }

    /** Stops it where it is: its connections stay open and it does nothing. */
    public void pause() {
        Processes.pause(process);
    }

    /** Lets it go on after a pause. */
    public void resume() {
        Processes.resume(process);
    }

    /** From now on, whatever it writes to a file fails, as on a full disk. */
    public void fillDisk() {
        Processes.limitFiles(process, "0");
    }

    /** There is room on its disk again. */
    public void emptyDisk() {
        Processes.limitFiles(process, "unlimited");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status, as soon as it has ended. */
    public int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The service does not end.");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
