package org.brokertck.rabbitmq.partitioned;

/** A group of one topic. */
record GroupName(String topic, String group) {
    @Override
    public String toString() {
        return "group '" + group + "' of topic '" + topic + "'";
    }
}
