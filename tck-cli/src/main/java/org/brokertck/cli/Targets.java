package org.brokertck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.brokertck.api.BrokerException;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.TargetFactory;
import org.brokertck.containers.ContainerTargets;

/** Makes targets by name or by class. */
final class Targets {
    private final TargetOptions options;
    private final ClassLoader loader;

    Targets(TargetOptions options) {
        this.options = options;
        this.loader = options.loader();
    }

    /**
     * Makes the target; the caller closes it.
     *
     * @param name the name of a factory, or the class of a target
     * @throws NoTargetException when there is none, or its server cannot be reached
     */
    ConformanceTarget open(String name) {
        try {
            if (options.containers() && ContainerTargets.names().contains(name)) {
                return ContainerTargets.start(name);
            }
            Optional<TargetFactory> factory =
                    factories().stream().filter(it -> it.name().equals(name)).findFirst();
            return factory.isPresent() ? factory.get().create(options.uri()) : ofClass(name);
        } catch (BrokerException | IllegalStateException e) {
            throw new NoTargetException("Target " + name + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private List<TargetFactory> factories() {
        List<TargetFactory> factories = new ArrayList<>();
        ServiceLoader.load(TargetFactory.class, loader).forEach(factories::add);
        return factories;
    }

    private ConformanceTarget ofClass(String name) {
        try {
            Class<?> type = Class.forName(name, true, loader);
            Object target = type.getDeclaredConstructor().newInstance();
            if (target instanceof TargetFactory factory) {
                return factory.create(options.uri());
            }
            if (target instanceof ConformanceTarget conformanceTarget) {
                return conformanceTarget;
            }
            throw new NoTargetException("Class " + name + " is no " + ConformanceTarget.class.getName());
        } catch (ClassNotFoundException e) {
            TreeSet<String> names = new TreeSet<>();
            factories().forEach(it -> names.add(it.name()));
            throw new NoTargetException(
                    "No target is called '%s': there are %s, or give the class of your own with --classpath"
                            .formatted(name, String.join(", ", names)),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new NoTargetException(
                    "Class " + name + " cannot be made with a public constructor without arguments: " + e, e);
        }
    }
}
