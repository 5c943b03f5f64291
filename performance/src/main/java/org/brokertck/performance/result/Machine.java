package org.brokertck.performance.result;

import java.lang.management.ManagementFactory;

/**
 * Where figures were taken.
 *
 * @param jdk the Java runtime
 * @param system the operating system and its architecture
 * @param cores processors that the JVM could use
 * @param load the mean number of runnable threads of the machine over the minute before; negative when it is not known
 */
public record Machine(String jdk, String system, int cores, double load) {
    /** The machine now. */
    public static Machine current() {
        return new Machine(
                property("java.version") + " (" + property("java.vm.name") + ", " + property("java.vendor") + ")",
                property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** In a sentence. */
    public String text() {
        String busy = load < 0 ? "unknown" : Amounts.of(load);
        return "%d cores, %s, JDK %s; load of the machine before: %s".formatted(cores, system, jdk, busy);
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
