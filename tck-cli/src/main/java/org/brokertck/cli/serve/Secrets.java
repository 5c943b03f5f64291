package org.brokertck.cli.serve;

import java.util.regex.Pattern;

/** Takes out of a text what nobody should read in a log: passwords in addresses, and values that are named as secrets. */
final class Secrets {
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^\\s/:@\"]*:)[^\\s/@\"]+@");
    private static final Pattern NAMED =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)\\\\?\"?\\s*[=:]\\s*\\\\?\"?)[^\\s\"\\\\,;&}]+");

    private Secrets() {}

    static String masked(String text) {
        return NAMED.matcher(IN_ADDRESS.matcher(text).replaceAll("$1***@")).replaceAll("$1***");
    }
}
