package org.brokertck.reference.target;

import java.net.URI;
import java.util.Optional;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.TargetFactory;

/** Offers the reference under the name {@code in-memory}. */
public final class InMemoryTargetFactory implements TargetFactory {
    @Override
    public String name() {
        return InMemoryTarget.NAME;
    }

    @Override
    public ConformanceTarget create(Optional<URI> uri) {
        if (uri.isPresent()) {
            throw new IllegalArgumentException("uri is given, but '" + name() + "' has no server: leave it out");
        }
        return new InMemoryTarget();
    }
}
