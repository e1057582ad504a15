package dev.tandem.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniAwait;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

/** Calls that make a thread wait for something else to happen. */
final class Blocking {

    private static final Map<Class<?>, Set<String>> WAITS = Map.ofEntries(
            Map.entry(Uni.class, Set.of("await", "awaitUsing")),
            Map.entry(UniAwait.class, Set.of("indefinitely", "atMost", "asOptional")),
            Map.entry(Thread.class, Set.of("sleep", "join")),
            Map.entry(Object.class, Set.of("wait")),
            Map.entry(CountDownLatch.class, Set.of("await")),
            Map.entry(CyclicBarrier.class, Set.of("await")),
            Map.entry(Phaser.class, Set.of("awaitAdvance", "arriveAndAwaitAdvance")),
            Map.entry(Condition.class, Set.of("await", "awaitUninterruptibly", "awaitNanos", "awaitUntil")),
            Map.entry(Semaphore.class, Set.of("acquire", "acquireUninterruptibly")),
            Map.entry(BlockingQueue.class, Set.of("take", "put")),
            Map.entry(Future.class, Set.of("get", "resultNow")),
            Map.entry(CompletableFuture.class, Set.of("join")),
            Map.entry(ExecutorService.class, Set.of("awaitTermination", "invokeAll", "invokeAny", "close")),
            Map.entry(LockSupport.class, Set.of("park", "parkNanos", "parkUntil")),
            Map.entry(HttpClient.class, Set.of("send")),
            Map.entry(io.vertx.core.Future.class, Set.of("await")));

    private final Map<String, String> allowed;
    private final Set<String> used = new HashSet<>();

    /** @param allowed methods that may wait, by their full names, and why they may */
    Blocking(Map<String, String> allowed) {
        this.allowed = allowed;
    }

    ArchCondition<JavaClass> notWait() {
        return new ArchCondition<>("not make a thread wait") {
            @Override
            public void check(JavaClass waiter, ConditionEvents events) {
                for (JavaAccess<?> access : waiter.getAccessesFromSelf()) {
                    String method = access.getOriginOwner().getName() + "."
                            + access.getOrigin().getName();
                    if (!waits(access)) {
                        continue;
                    }
                    if (allowed.containsKey(method)) {
                        used.add(method);
                    } else {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        };
    }

    /** Exceptions that nothing needs any more. */
    Set<String> stale() {
        Set<String> stale = new HashSet<>(allowed.keySet());
        stale.removeAll(used);
        return stale;
    }

    private static boolean waits(JavaAccess<?> access) {
        return WAITS.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(access.getTarget().getName())
                        && access.getTargetOwner().isAssignableTo(entry.getKey()));
    }
}
