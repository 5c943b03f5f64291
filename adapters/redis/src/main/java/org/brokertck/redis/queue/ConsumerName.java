package org.brokertck.redis.queue;

/** Names of consumers in the group: the instance, a slash, and a number. The scripts take them apart in the same way. */
final class ConsumerName {
    private ConsumerName() {}

    static String of(String instance, long number) {
        return instance + "/" + number;
    }

    static String instanceOf(String consumer) {
        int slash = consumer.indexOf('/');
        return slash < 0 ? consumer : consumer.substring(0, slash);
    }
}
