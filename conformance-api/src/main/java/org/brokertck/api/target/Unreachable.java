package org.brokertck.api.target;

import java.util.Objects;

/**
 * A target of the same kind that points at an address where no server answers (rule G-13).
 *
 * @param target its instances, or already their opening, fail
 * @param address what the failure must name, as {@code host:port}
 * @param password part of the credentials that the target was given; no failure may show it
 */
public record Unreachable(ConformanceTarget target, String address, String password) {
    /** Checks that all are there. */
    public Unreachable {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(password, "password");
    }

    /** Without the password, which no report may show. */
    @Override
    public String toString() {
        return "Unreachable[target=%s, address=%s]".formatted(target, address);
    }
}
