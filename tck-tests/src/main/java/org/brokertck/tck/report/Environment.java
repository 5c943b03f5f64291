package org.brokertck.tck.report;

/**
 * Where a run took place: the kit's side of it, not the broker's.
 *
 * @param jdk the Java runtime
 * @param system the operating system and its architecture
 * @param cores how many processors the kit could use
 */
record Environment(String jdk, String system, int cores) {
    /** The environment of this process. */
    static Environment current() {
        return new Environment(
                property("java.version") + " (" + property("java.vm.name") + ", " + property("java.vendor") + ")",
                property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
