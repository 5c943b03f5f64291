package org.brokertck.cli.serve;

/** One broker of the sample traffic, and what is sent to it. */
interface Traffic extends AutoCloseable {
    /** How many messages to send a second. */
    int perSecond();

    /** Sends the next message; called by one thread at a time. */
    void next();

    /** Ends the broker, its consumers included. */
    @Override
    void close();
}
