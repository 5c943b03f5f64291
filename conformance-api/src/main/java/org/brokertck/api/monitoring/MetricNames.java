package org.brokertck.api.monitoring;

import java.util.List;

/**
 * The names of the metrics that {@link QueueMonitor#scrape()} exposes, the same for every implementation, so that dashboards and
 * alert rules fit all of them (rule O-3). Those {@link #BY_QUEUE} have the one label {@link #QUEUE}; the others have none. An
 * implementation may expose more.
 */
public final class MetricNames {
    /** The label that tells the queue. */
    public static final String QUEUE = "queue";
    /** Counter: messages produced. */
    public static final String PRODUCED = "brokertck_messages_produced_total";
    /** Counter: bytes of payloads produced. */
    public static final String PRODUCED_BYTES = "brokertck_produced_bytes_total";
    /** Counter: attempts that succeeded. */
    public static final String CONSUMED = "brokertck_messages_consumed_total";
    /** Counter: attempts that failed. */
    public static final String FAILED = "brokertck_messages_failed_total";
    /** Counter: attempts planned anew. */
    public static final String RETRIED = "brokertck_messages_retried_total";
    /** Counter: dead letters. */
    public static final String DEAD_LETTERED = "brokertck_messages_dead_lettered_total";
    /** Histogram: how long attempts took. */
    public static final String PROCESSING_SECONDS = "brokertck_processing_duration_seconds";
    /** Gauge: the last depth recorded. */
    public static final String DEPTH = "brokertck_queue_depth_messages";
    /** Gauge: the last number of messages in flight recorded. */
    public static final String IN_FLIGHT = "brokertck_in_flight_messages";
    /** Gauge: queues that are told apart. */
    public static final String QUEUES = "brokertck_monitored_queues";
    /** Counter: recordings of queues that found no room, which {@link QueueMonitor#OTHER_QUEUES} sums up. */
    public static final String OVERFLOW = "brokertck_overflow_records_total";
    /** Gauge: alerts that are pending. */
    public static final String ALERTS_PENDING = "brokertck_alerts_pending";
    /** Gauge: alerts that fire. */
    public static final String ALERTS_FIRING = "brokertck_alerts_firing";
    /** Counter: alerts that began to fire. */
    public static final String ALERTS_FIRED = "brokertck_alerts_fired_total";
    /** Counter: alerts that were resolved. */
    public static final String ALERTS_RESOLVED = "brokertck_alerts_resolved_total";
    /** Counter: evaluations of the alert rules. */
    public static final String EVALUATIONS = "brokertck_alert_evaluations_total";
    /** Counter: callbacks that threw or were interrupted because they took too long. */
    public static final String CALLBACK_FAILURES = "brokertck_alert_callback_failures_total";
    /** Counter: callbacks left out because too many of their rule were waiting. */
    public static final String CALLBACKS_DROPPED = "brokertck_alert_callbacks_dropped_total";
    /** Counter: scrapes, the present one included. */
    public static final String SCRAPES = "brokertck_scrapes_total";
    /** Gauge: 1 when healthy, 0 when not. */
    public static final String HEALTHY = "brokertck_healthy";
    /** Gauge: when the monitor was opened, in seconds since 1970. */
    public static final String START_TIME = "brokertck_start_time_seconds";

    /** Those with the label {@link #QUEUE}. */
    public static final List<String> BY_QUEUE = List.of(
            PRODUCED, PRODUCED_BYTES, CONSUMED, FAILED, RETRIED, DEAD_LETTERED, PROCESSING_SECONDS, DEPTH, IN_FLIGHT);

    /** Those of the monitor itself, without a label. */
    public static final List<String> OVERALL = List.of(
            QUEUES,
            OVERFLOW,
            ALERTS_PENDING,
            ALERTS_FIRING,
            ALERTS_FIRED,
            ALERTS_RESOLVED,
            EVALUATIONS,
            CALLBACK_FAILURES,
            CALLBACKS_DROPPED,
            SCRAPES,
            HEALTHY,
            START_TIME);

    private MetricNames() {}
}
