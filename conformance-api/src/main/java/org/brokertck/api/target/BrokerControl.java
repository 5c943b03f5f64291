package org.brokertck.api.target;

import java.time.Duration;
import java.util.Set;

/**
 * The hand on the server's switch. Each call returns when the fault is in force, or the server serves again. A method whose
 * fault is not among {@link #faults()} throws {@link UnsupportedOperationException}.
 */
public interface BrokerControl {
    /** The faults that this control can inject. */
    Set<Fault> faults();

    /**
     * How long after it has confirmed a new queue the server writes down that there is one. The kit waits so long before it
     * kills, since what was never written cannot outlive a kill. None by default.
     */
    default Duration settlingTime() {
        return Duration.ZERO;
    }

    /** Ends the server process without warning ({@link Fault#KILL}). */
    default void kill() {
        throw notOffered(Fault.KILL);
    }

    /** Starts the server again after {@link #kill()}, at the same address and with what it had stored. */
    default void start() {
        throw notOffered(Fault.KILL);
    }

    /** Makes the server stop answering while its connections stay ({@link Fault#PAUSE}). */
    default void pause() {
        throw notOffered(Fault.PAUSE);
    }

    /** Lets the server go on after {@link #pause()}. */
    default void resume() {
        throw notOffered(Fault.PAUSE);
    }

    /** Breaks every connection between clients and the server ({@link Fault#CUT}); new ones succeed. */
    default void cutConnections() {
        throw notOffered(Fault.CUT);
    }

    private static UnsupportedOperationException notOffered(Fault fault) {
        return new UnsupportedOperationException("This control does not offer " + fault + ": see faults()");
    }
}
