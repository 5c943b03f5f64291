package org.brokertck.rabbitmq.connection;

import java.util.Objects;
import java.util.regex.Pattern;

/** Names of instances that have names of queues and exchanges made from them: with no colon in it, no two make the same. */
public final class PlainName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private PlainName() {}

    /**
     * Checks a name.
     *
     * @return the name
     * @throws NullPointerException when it is null
     * @throws IllegalArgumentException when it is none
     */
    public static String require(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches() || name.startsWith("amq.")) {
            throw new IllegalArgumentException("name is '" + name
                    + "': it must be 1 to 100 letters, digits, dots, hyphens and underscores of ASCII, and not"
                    + " start with 'amq.', which is the server's");
        }
        return name;
    }
}
