package dev.tandem.api;

import static dev.tandem.testing.Waiting.PATIENCE;

import dev.tandem.api.RawHttp.Answer;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request that goes on, or whose answer does. */
public final class OpenRequest implements AutoCloseable {

    private static final String SERVICE = "127.0.0.1";

    private final Socket socket;
    private final BufferedReader reader;

    /** @param address that it comes from */
    public OpenRequest(String address, String request) throws IOException {
        socket = new Socket(SERVICE, RestAssured.port, InetAddress.getByName(address), 0);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    public int status() throws IOException {
        return Integer.parseInt(String.valueOf(reader.readLine()).split(" ", -1)[1]);
    }

    /** The next line; null if the connection has ended. */
    @Nullable
    String line() throws IOException {
        return reader.readLine();
    }

    /** All of it. The request must have asked for the connection to be closed. */
    public Answer answer() throws IOException {
        return RawHttp.answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
