package dev.tandem.remote;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * How a server is asked.
 *
 * @param base its address, with the part of the path that all requests have in common
 * @param headers sent with every request; they may be secret and are never logged
 * @param timeout of a whole request, from its place in the queue to the end of the answer
 * @param concurrency how many requests are under way at once
 * @param queue how many more may wait; the next one fails at once
 * @param largestAnswer in bytes
 */
public record RemoteOptions(
        URI base, Map<String, String> headers, Duration timeout, int concurrency, int queue, int largestAnswer) {

    public RemoteOptions {
        headers = Map.copyOf(headers);
    }

    /** Without the headers. */
    @Override
    public String toString() {
        return "RemoteOptions[" + base + "]";
    }
}
