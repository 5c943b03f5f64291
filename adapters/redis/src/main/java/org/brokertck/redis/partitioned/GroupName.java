package org.brokertck.redis.partitioned;

/** A group of a topic: groups of different topics have nothing to do with each other. */
record GroupName(String topic, String group) {
    /** For keys: neither name has a colon in it. */
    String path() {
        return topic + ":" + group;
    }

    /** For news. */
    String news() {
        return "g " + topic + " " + group;
    }

    @Override
    public String toString() {
        return "group '" + group + "' of topic '" + topic + "'";
    }
}
