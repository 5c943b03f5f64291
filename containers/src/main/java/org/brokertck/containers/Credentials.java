package org.brokertck.containers;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a client shows to the server.
 *
 * @param user letters and digits
 * @param password letters and digits; never shown by {@link #toString()}
 */
record Credentials(String user, String password) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** This user with a password that nobody can guess, since the server's port may be open to others. */
    static Credentials random(String user) {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new Credentials(user, HexFormat.of().formatHex(bytes));
    }

    /** The text with the password blotted out. */
    String redact(String text) {
        return text.replace(password, "***");
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", ***]";
    }
}
