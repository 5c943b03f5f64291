package org.brokertck.containers;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Removes what was not closed when the virtual machine ends, for Testcontainers' own cleaner may be switched off. */
final class OpenContainers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<BrokerContainer> OPEN = new LinkedHashSet<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenContainers::closeAll, "tck-containers-end"));
    }

    private OpenContainers() {}

    /**
     * Makes the container, not while others are removed for good: one made then would stay behind.
     *
     * @throws IllegalStateException when the virtual machine is ending
     */
    static synchronized void launch(BrokerContainer container) {
        if (ending) {
            throw new IllegalStateException("The virtual machine is ending: no container is started");
        }
        OPEN.add(container);
        container.launch();
    }

    static synchronized void remove(BrokerContainer container) {
        OPEN.remove(container);
    }

    private static void closeAll() {
        List<BrokerContainer> left;
        synchronized (OpenContainers.class) {
            ending = true;
            left = List.copyOf(OPEN);
        }
        for (BrokerContainer container : left) {
            try {
                if (!DockerEngine.hasCleaner()) {
                    // Testcontainers then removes its containers in a hook of its own, and prints a stack trace when
                    // another is faster. What was made after it looked around is left for us.
                    Threads.poll(PATIENCE, container::isGone);
                }
                container.close();
            } catch (RuntimeException e) {
                // The next one may still be removed.
            }
        }
    }
}
