package org.brokertck.containers;

import java.util.Set;
import org.brokertck.api.target.ConformanceTarget;

/** Starts brokers in containers as targets of the kit. Closing such a target removes its container. */
public final class ContainerTargets {
    private ContainerTargets() {}

    /** The brokers that can be started. */
    public static Set<String> names() {
        return BrokerKind.ALL.keySet();
    }

    /**
     * Starts a broker with its safe settings.
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException when there is no such broker
     * @throws IllegalStateException when there is no engine or image, or the server does not serve; says what to do
     */
    public static ConformanceTarget start(String name) {
        return start(ContainerSpec.of(name));
    }

    /** Starts a broker with settings of one's own; throws as {@link #start(String)} does. */
    public static ConformanceTarget start(ContainerSpec spec) {
        BrokerContainer broker = BrokerContainer.start(spec);
        try {
            return new ContainerTarget(broker.kind().target(broker.uri(), broker.control()), broker);
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }
}
