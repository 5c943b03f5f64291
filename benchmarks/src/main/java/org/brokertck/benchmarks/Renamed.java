package org.brokertck.benchmarks;

import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;

/**
 * A candidate under another name, where one target provides several of them.
 *
 * @param name the other name
 * @param candidate does the work
 * @param <T> what is sent
 */
record Renamed<T>(String name, Candidate<T> candidate) implements Candidate<T> {
    @Override
    public Lane<T> open(Setup setup, Sink sink) throws Exception {
        return candidate.open(setup, sink);
    }
}
