package org.brokertck.tck.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.time.Bounded;

/** Who lives: finds the platform threads that were started after it was taken and are neither the kit's nor the JVM's. */
public final class ThreadCensus {
    /** Threads of the JVM, and of the libraries that start containers, which come and go on their own. */
    private static final List<String> OTHERS = List.of(
            Bounded.THREAD_PREFIX,
            "ForkJoinPool.commonPool",
            "process reaper",
            "Common-Cleaner",
            "Cleaner-",
            "Attach Listener",
            "junit-",
            "testcontainers",
            "docker-java",
            "ducttape",
            "brokertck-proxy");

    private final Set<Thread> before;

    private ThreadCensus(Set<Thread> before) {
        this.before = before;
    }

    /** Counts the threads that live now. */
    public static ThreadCensus take() {
        return new ThreadCensus(Set.copyOf(Thread.getAllStackTraces().keySet()));
    }

    /** The threads that came since and are still alive. */
    public List<Thread> newcomers() {
        List<Thread> found = look();
        // A look may miss both a thread that starts meanwhile and the one that started it, if that ends meanwhile; a
        // second cannot.
        return found.isEmpty() ? look() : found;
    }

    private List<Thread> look() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.isAlive() && !before.contains(it))
                .filter(it -> OTHERS.stream().noneMatch(it.getName()::startsWith))
                .toList();
    }

    /** Their names, each with the top of its stack. */
    public static String describe(List<Thread> threads) {
        return threads.stream()
                .map(it -> it.getName()
                        + Arrays.stream(it.getStackTrace())
                                .limit(2)
                                .map(frame -> " at " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("; "));
    }
}
