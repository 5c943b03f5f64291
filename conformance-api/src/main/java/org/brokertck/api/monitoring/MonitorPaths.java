package org.brokertck.api.monitoring;

/**
 * What a monitor that serves answers below {@link QueueMonitor#endpoint()}, to GET, and to HEAD with the
 * same status and headers (rule O-11). Another method is refused with 405, another path with 404.
 */
public final class MonitorPaths {
    /** {@link QueueMonitor#scrape()}: text, with the version of its format in the content type. */
    public static final String METRICS = "/metrics";
    /** 200 as long as anything answers at all. */
    public static final String LIVE = "/health/live";
    /** 200 while the monitor evaluates its alerts in time, else 503 with the reasons, as {@link #HEALTH}. */
    public static final String READY = "/health/ready";
    /** {@link QueueMonitor#health()}: 200, or 503; both with {@code {"status":"healthy"|"unhealthy","reasons":[…]}}. */
    public static final String HEALTH = "/health";
    /**
     * {@code {"alerts":[…],"history":[…]}}: {@link QueueMonitor#alerts()} and {@link QueueMonitor#history()}. A {@link Alert#value()}
     * that is NaN is {@code null} here.
     */
    public static final String ALERTS = "/alerts";
    /**
     * What the page shows, as server-sent events, one a second; 503 when too many watch. The events are the page's own business.
     */
    public static final String EVENTS = "/events";
    /** A page for people, which shows live values in a browser. */
    public static final String DASHBOARD = "/";

    private MonitorPaths() {}
}
