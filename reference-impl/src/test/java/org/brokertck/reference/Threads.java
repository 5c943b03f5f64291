package org.brokertck.reference;

import java.util.List;

/** Looks at the threads of this JVM. */
public final class Threads {
    private Threads() {}

    /** The live threads whose names start so. */
    public static List<Thread> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith(prefix))
                .toList();
    }
}
