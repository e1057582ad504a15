package dev.tandem.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Asks engines in turns, as eight clients that wait for their answers, as often as the time allows.
 *
 * @param count how many turns each engine has, after one to warm up
 * @param seconds how long a turn is
 */
record Turns(int count, int seconds) {

    static final int CONNECTIONS = 8;

    /** As the arguments of a benchmark say, from that place on: how many, and of how many seconds. */
    static Turns of(String[] arguments, int at) {
        return new Turns(number(arguments, at, 3), number(arguments, at + 1, 15));
    }

    static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    /** The question of that number to one engine; it returns when the answer is there. */
    @FunctionalInterface
    interface Question {

        void ask(int number) throws Exception;
    }

    /** The turns of each engine. */
    List<List<Turn>> measure(List<Question> engines) throws Exception {
        List<List<Turn>> measured = engines.stream()
                .map(engine -> (List<Turn>) new ArrayList<Turn>())
                .toList();
        for (int turn = -1; turn < count; turn++) {
            for (int engine = 0; engine < engines.size(); engine++) {
                Turn result = waiting(engines.get(engine));
                // The first turn warms up.
                if (turn >= 0) {
                    measured.get(engine).add(result);
                }
            }
        }
        return measured;
    }

    static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        double[] sorted = turns.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /**
     * One engine, asked at times of chance at that rate, whatever became of the questions before. The milliseconds are from the time when a question was due.
     */
    Turn open(Question engine, double rate) throws Exception {
        SplittableRandom chance = new SplittableRandom(7);
        Queue<Double> times = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            double due = 0;
            for (int i = 0; due < seconds * 1e9; i++) {
                int number = i;
                long at = begin + (long) due;
                LockSupport.parkNanos(at - System.nanoTime());
                asking.add(clients.submit(() -> {
                    engine.ask(number);
                    times.add((System.nanoTime() - at) / 1e6);
                    return null;
                }));
                due -= Math.log(1 - chance.nextDouble()) * 1e9 / rate;
            }
            for (Future<?> answer : asking) {
                answer.get();
            }
        }
        return new Turn(
                rate, times.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** What came of asking for some seconds: the sorted milliseconds of all requests. */
    record Turn(double rate, double[] sorted) {

        double percentile(int percent) {
            return sorted[sorted.length * percent / 100];
        }
    }

    private Turn waiting(Question engine) throws Exception {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<List<Double>>> asking = new ArrayList<>();
            for (int client = 0; client < CONNECTIONS; client++) {
                // A prime, so that no two clients ask the same questions at the same time.
                int first = client * 7_919;
                asking.add(clients.submit(() -> ask(engine, first, end)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> client : asking) {
                all.addAll(client.get());
            }
            double took = (System.nanoTime() - begin) / 1e9;
            double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return new Turn(sorted.length / took, sorted);
        }
    }

    private static List<Double> ask(Question engine, int first, long end) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = first; System.nanoTime() < end || times.isEmpty(); i++) {
            long sent = System.nanoTime();
            engine.ask(i);
            times.add((System.nanoTime() - sent) / 1e6);
        }
        return times;
    }
}
