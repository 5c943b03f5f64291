package org.brokertck.tck.workload;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.arbitraries.StringArbitrary;

/** A few maps of headers with any Unicode text but unpaired surrogates, which no encoding carries. */
public final class HeaderMaps implements ArbitrarySupplier<List<Map<String, String>>> {
    @Override
    public Arbitrary<List<Map<String, String>>> get() {
        Arbitrary<String> keys = text().ofMinLength(1).ofMaxLength(30);
        Arbitrary<String> values = text().ofMaxLength(100);
        return Shrinking.bounded(
                Arbitraries.maps(keys, values).ofMaxSize(20).list().ofMinSize(1).ofMaxSize(5));
    }

    private static StringArbitrary text() {
        return Arbitraries.strings()
                .withCharRange('\u0001', '\u007F')
                .withCharRange('\u00A0', '\uD7FF')
                .withCharRange('\uE000', '\uFFFD');
    }
}
