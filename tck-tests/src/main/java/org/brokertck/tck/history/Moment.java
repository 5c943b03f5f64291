package org.brokertck.tck.history;

/** Something that happened and can stand on a timeline. */
public interface Moment {
    /** When it happened, or began, in nanoseconds of {@link System#nanoTime()}. */
    long at();

    /** What happened, in a few words. */
    String describe();

    /** A span of time in words, for descriptions. */
    static String span(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.3f ms", nanos / 1e6);
    }
}
