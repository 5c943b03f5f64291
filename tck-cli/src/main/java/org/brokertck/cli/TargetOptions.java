package org.brokertck.cli;

import java.io.File;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where targets come from. */
final class TargetOptions {
    @Option(
            names = "--uri",
            defaultValue = "${sys:tck.uri}",
            paramLabel = "URI",
            description = "An existing server, with credentials, such as amqp://user:password@host:5672.")
    private @Nullable URI uri;

    @Option(
            names = "--containers",
            description = "Start the server in a container, and inject faults into it. Needs a Docker engine.")
    private boolean containers;

    @Option(
            names = "--classpath",
            paramLabel = "JARS",
            description = "Jars or folders with your own target, separated by '${sys:path.separator}'.")
    private @Nullable String classpath;

    Optional<URI> uri() {
        return Optional.ofNullable(uri).filter(it -> !it.toString().isEmpty());
    }

    boolean containers() {
        String property = System.getProperty("tck.containers", "");
        // Whoever names a server means that one.
        return uri().isEmpty() && (containers || property.equals("true") || property.equals("required"));
    }

    /** The loader of the target's classes. */
    ClassLoader loader() {
        return classpath == null
                ? TargetOptions.class.getClassLoader()
                : ClassPath.loader(classpath, File.pathSeparator);
    }

    /** The options as they would be written again, but for the password. */
    String text() {
        return uri().map(it -> " --uri " + withoutPassword(it)).orElse("")
                + (containers() ? " --containers" : "")
                + (classpath == null ? "" : " --classpath " + classpath);
    }

    private static String withoutPassword(URI uri) {
        return uri.toString().replaceFirst("://([^:/@]*):[^@]*@", "://$1:***@");
    }
}
