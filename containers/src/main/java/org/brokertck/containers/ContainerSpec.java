package org.brokertck.containers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which server is started, and how. {@link #of} gives the safe settings; the others exist so that a server can be set up
 * unsafely on purpose.
 *
 * @param broker one of {@link ContainerTargets#names()}
 * @param image the container image
 * @param arguments the options of the server's command line, those for its credentials left out
 * @param environment variables of the server's environment; not shown by {@link #toString()}
 */
public record ContainerSpec(String broker, String image, List<String> arguments, Map<String, String> environment) {
    /** Copies the collections. */
    public ContainerSpec {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(image, "image");
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * The safe settings: Redis writes each command to its append-only file before it answers, RabbitMQ keeps its defaults.
     * The image is the one that the system property {@code tck.image.BROKER} names, or the public one.
     *
     * @throws IllegalArgumentException when there is no such broker
     */
    public static ContainerSpec of(String broker) {
        BrokerKind kind = BrokerKind.named(broker);
        String image = System.getProperty(imageProperty(broker), kind.defaultImage());
        return new ContainerSpec(broker, image, kind.defaultArguments(), Map.of());
    }

    /** This with another image. */
    public ContainerSpec withImage(String newImage) {
        return new ContainerSpec(broker, newImage, arguments, environment);
    }

    /** This with other options in place of the safe ones, such as {@code "--appendonly", "no"}. */
    public ContainerSpec withArguments(String... newArguments) {
        return new ContainerSpec(broker, image, Arrays.asList(newArguments), environment);
    }

    /** This with one more variable in the server's environment. */
    public ContainerSpec withEnvironment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new ContainerSpec(broker, image, arguments, more);
    }

    /** The system property that names a broker's image. */
    static String imageProperty(String broker) {
        return "tck.image." + broker;
    }

    @Override
    public String toString() {
        return "ContainerSpec[" + broker + ", " + image + ", " + arguments + ", " + environment.keySet() + "]";
    }
}
