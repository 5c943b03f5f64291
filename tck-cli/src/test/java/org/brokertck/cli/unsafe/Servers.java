package org.brokertck.cli.unsafe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.containers.BrokerContainer;
import org.brokertck.containers.ContainerSpec;

/** The servers of a test class, each started when it is first asked for. */
final class Servers implements AutoCloseable {
    private final Map<ContainerSpec, BrokerContainer> running = new LinkedHashMap<>();

    /** A server with these settings, the same one each time. */
    BrokerContainer with(ContainerSpec spec) {
        return running.computeIfAbsent(spec, BrokerContainer::start);
    }

    @Override
    public void close() {
        running.values().forEach(BrokerContainer::close);
    }
}
