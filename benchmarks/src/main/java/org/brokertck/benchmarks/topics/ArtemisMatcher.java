package org.brokertck.benchmarks.topics;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.impl.AddressMap;

/** The map of addresses that Artemis routes wildcards by. */
final class ArtemisMatcher implements Matcher {
    private final AddressMap<Integer> addresses = new AddressMap<>("#", "*", '.');

    @Override
    public void subscribe(String pattern, int subscriber) {
        addresses.put(SimpleString.of(pattern), subscriber);
    }

    @Override
    public int match(String topic) throws Exception {
        int[] found = {0};
        addresses.visitMatchingWildcards(SimpleString.of(topic), it -> found[0]++);
        return found[0];
    }
}
