package org.brokertck.tck.workload.resilience;

/**
 * One step of a schedule of borrowers of a connection pool.
 *
 * @param kind what happens
 * @param which to which of the connections that are lent, or of the borrowers that wait, modulo their number
 */
public record PoolStep(Kind kind, int which) {
    /** What happens. */
    public enum Kind {
        /** Someone borrows a connection and waits for it. */
        BORROW,
        /** Someone borrows a connection if there is one. */
        BORROW_AT_ONCE,
        /** A connection is given back. */
        GIVE_BACK,
        /** A connection is discarded. */
        DISCARD,
        /** All idle connections break. */
        BREAK_IDLE,
        /** The next connection that is opened fails. */
        FAIL_NEXT,
        /** Someone who waits is interrupted. */
        INTERRUPT
    }

    @Override
    public String toString() {
        return kind + (kind == Kind.GIVE_BACK || kind == Kind.DISCARD || kind == Kind.INTERRUPT ? " " + which : "");
    }
}
