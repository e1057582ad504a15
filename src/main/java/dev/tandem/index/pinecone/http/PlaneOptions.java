package dev.tandem.index.pinecone.http;

import java.time.Duration;

/**
 * How an index of Pinecone is asked.
 *
 * @param apiVersion sent with every request
 * @param timeout of a whole request, from its place in the queue to the end of the answer
 * @param concurrency how many requests are under way at once
 * @param queue how many more may wait
 */
public record PlaneOptions(String apiVersion, Duration timeout, int concurrency, int queue) {}
