package org.brokertck.api.target;

/** A fault that a {@link BrokerControl} can inject. */
public enum Fault {
    /** The server process ends at once, as by SIGKILL, and can be started again. */
    KILL,
    /** The server process stops answering, keeps its connections, and can go on. */
    PAUSE,
    /** All connections of clients to the server break; new ones succeed. */
    CUT
}
