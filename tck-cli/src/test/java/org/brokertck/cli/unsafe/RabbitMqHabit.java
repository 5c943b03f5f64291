package org.brokertck.cli.unsafe;

/** What users of RabbitMQ do, or leave out; a naive queue without any of these is safe enough for the rules in question. */
enum RabbitMqHabit {
    /**
     * {@code basicConsume(queue, true, …)}, as in the first tutorial: a message counts as handled when the server has sent
     * it, so that a lost connection takes along all that waits in the client.
     */
    AUTO_ACK,
    /** {@code basicPublish} and on, as in every first tutorial: it returns when the bytes are in the socket's buffer. */
    NO_CONFIRMS,
    /** Null for {@code BasicProperties}: the queue is durable, its messages are not. */
    TRANSIENT_MESSAGES,
    /** {@code queueDeclare(queue, true, false, true, null)}: the queue is deleted, messages and all, with its last consumer. */
    AUTO_DELETE,
    /** Services where the consumer alone knows its queue. Safe as long as the publisher hears when there is none. */
    CONSUMER_DECLARES,
    /** {@code mandatory} left false: what no queue takes is dropped, and confirmed all the same. */
    NOT_MANDATORY,
    /** No {@code basicQos}: the first consumer is sent everything there is. */
    UNLIMITED_PREFETCH,
    /**
     * One waiting queue with an expiration on each message, as in many recipes for delayed retries: messages expire at the
     * queue's head only, and so wait for the longer delays ahead of them.
     */
    ONE_WAITING_QUEUE,
    /**
     * Retries after a second and a half at the soonest, as with fixed delays. Safe as such: a server that is killed in the moment in
     * which a delay ends may lose the message, since it moves it without waiting for the disk.
     */
    LONG_DELAYS,
    /**
     * Produces no more while the server tells of a hundred waiting messages, so that a consumer keeps up with producers that
     * wait for nothing else. Safe.
     */
    SHORT_QUEUE,
    /** {@code basicNack(tag, false, true)} in the catch block: at once, for ever, and without counting. */
    REQUEUE,
    /**
     * Publish/subscribe with a queue named after the pattern, as one names queues: two subscribers to the same pattern share it, and
     * each message goes to one of them.
     */
    QUEUE_PER_PATTERN,
    /** The client library recovers connection, queues and consumers by itself, and nobody is told that messages were missed. */
    SILENT_RECOVERY
}
