package org.brokertck.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes a trace's context into headers, reads it from them, and takes it out again. */
final class HeaderContext {
    private static final TextMapGetter<Map<String, String>> GETTER =
            (headers, name) -> headers == null ? null : headers.get(name);

    private final TextMapPropagator propagator;
    private final Set<String> names;

    HeaderContext(TextMapPropagator propagator) {
        this.propagator = propagator;
        this.names = Set.copyOf(propagator.fields());
    }

    /** The headers with the context among them; the same ones when there is nothing to add. */
    Map<String, String> inject(Context context, Map<String, String> headers) {
        if (names.isEmpty()) {
            return headers;
        }
        Map<String, String> with = new LinkedHashMap<>(headers);
        with.keySet().removeAll(names);
        propagator.inject(context, with, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return with;
    }

    /** The context that the headers carry, or the fallback. */
    Context extract(Context fallback, Map<String, String> headers) {
        return propagator.extract(fallback, headers, GETTER);
    }

    /** Whether there is anything to {@link #strip}. */
    boolean isIn(Map<String, String> headers) {
        return !Collections.disjoint(names, headers.keySet());
    }

    /** The headers without the context. */
    Map<String, String> strip(Map<String, String> headers) {
        Map<String, String> without = new LinkedHashMap<>(headers);
        without.keySet().removeAll(names);
        return without;
    }
}
