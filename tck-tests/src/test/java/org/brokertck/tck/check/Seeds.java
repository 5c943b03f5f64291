package org.brokertck.tck.check;

/** The seed of the tests that make their own random histories; the same in every run unless {@code tck.seed} is set. */
final class Seeds {
    private static final long DEFAULT = 20260102030405L;

    private Seeds() {}

    static long seed() {
        return Long.getLong("tck.seed", DEFAULT);
    }
}
