package org.brokertck.tck.faulty.monitoring;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;
import org.brokertck.tck.faulty.monitoring.plain.PlainText;

/** Faults in the text for Prometheus. */
final class TextFaults {
    private TextFaults() {}

    static List<Fault> all() {
        return List.of(
                text(
                        "NothingIsEverPending",
                        "O-3",
                        "brokertck_alerts_pending is 0.0 when of three",
                        "Has a metric for pending alerts, and forgets to set it.",
                        it -> it.replaceAll(
                                "(?m)^" + MetricNames.ALERTS_PENDING + " .*", MetricNames.ALERTS_PENDING + " 0.0")),
                text(
                        "NothingEverFires",
                        "O-3",
                        "brokertck_alerts_firing is 0.0 when of three",
                        "Has a metric for alerts that fire, and forgets to set it.",
                        it -> it.replaceAll(
                                "(?m)^" + MetricNames.ALERTS_FIRING + " .*", MetricNames.ALERTS_FIRING + " 0.0")),
                text(
                        "HealthyWhateverFires",
                        "O-3",
                        "brokertck_healthy is 1.0 when of three",
                        "Tells of health that somebody can ask.",
                        it -> it.replaceAll("(?m)^" + MetricNames.HEALTHY + " .*", MetricNames.HEALTHY + " 1.0")),
                text(
                        "EvaluationsAreNotCounted",
                        "O-3",
                        "brokertck_alert_evaluations_total grew by 0.0",
                        "Counts the first evaluation only.",
                        it -> it.replaceAll(
                                "(?m)^" + MetricNames.EVALUATIONS + " .*", MetricNames.EVALUATIONS + " 1.0")),
                text(
                        "StartedAtTheEpoch",
                        "O-3",
                        "brokertck_start_time_seconds is 0.000",
                        "Never says when it was opened.",
                        it -> it.replaceAll("(?m)^" + MetricNames.START_TIME + " .*", MetricNames.START_TIME + " 0.0")),
                writing(
                        "LabelsAreNotEscaped",
                        "goes on after|ends in the middle|is not to be escaped|tell of queues",
                        "Writes queue names as they are.",
                        new Writing() {
                            @Override
                            public String escaped(String value) {
                                return value;
                            }
                        }),
                writing(
                        "OnlyQuotesAreEscaped",
                        "ends in the middle|is not to be escaped|tell of queues|goes on after",
                        "Forgets that a backslash is escaped too.",
                        new Writing() {
                            @Override
                            public String escaped(String value) {
                                return value.replace("\"", "\\\"").replace("\n", "\\n");
                            }
                        }),
                writing(
                        "BucketsAreNotCumulative",
                        "not cumulative|up to \\+Inf|the bucket le=",
                        "Counts in each bucket what fell into it alone.",
                        new Writing() {
                            @Override
                            public long bucket(long below, long own) {
                                return own;
                            }
                        }),
                writing(
                        "CountForgetsFailures",
                        "counts .* in all, and .* up to \\+Inf",
                        "Counts successes only where the buckets count all.",
                        new Writing() {
                            @Override
                            public long count(PlainQueue queue) {
                                return queue.succeeded;
                            }
                        }),
                text(
                        "HelpIsMissing",
                        "O-3",
                        "without HELP",
                        "Leaves HELP out.",
                        it -> it.replaceAll("# HELP [^\n]*\n", "")),
                text(
                        "TypeIsMissing",
                        "O-3",
                        "without TYPE",
                        "Leaves TYPE of one metric out.",
                        it -> it.replace("# TYPE " + MetricNames.DEPTH + " gauge\n", "")),
                text(
                        "CounterWithoutTotal",
                        "O-3",
                        "name does not end in _total",
                        "Names a counter without _total.",
                        it -> it.replace(MetricNames.FAILED, "brokertck_messages_failed")),
                text(
                        "Milliseconds",
                        "O-3",
                        "not in a base unit",
                        "Names a histogram for milliseconds.",
                        it -> it.replace(MetricNames.PROCESSING_SECONDS, "brokertck_processing_duration_milliseconds")),
                text(
                        "CounterCalledAGauge",
                        "O-3",
                        "ends in _total, and is a gauge",
                        "Gives a counter the type of a gauge.",
                        it -> it.replace(
                                "# TYPE " + MetricNames.RETRIED + " counter",
                                "# TYPE " + MetricNames.RETRIED + " gauge")),
                text(
                        "NoBucketForInfinity",
                        "O-3",
                        "no bucket for \\+Inf",
                        "Ends the buckets at the last bound.",
                        it -> it.replaceAll("[^\n]*le=\"\\+Inf\"[^\n]*\n", "")),
                text(
                        "SamplesAreScattered",
                        "O-3",
                        "stands apart|stands there twice",
                        "Writes a series again at the end.",
                        it -> it
                                + it.lines()
                                        .filter(line -> line.startsWith(MetricNames.PRODUCED + "{"))
                                        .findFirst()
                                        .map(line -> line + "\n")
                                        .orElse("")),
                text(
                        "LastLineIsOpen",
                        "O-3",
                        "does not end with a line feed",
                        "Forgets the last line feed.",
                        String::strip),
                text(
                        "AMetricIsForgotten",
                        "O-3",
                        "is missing",
                        "Exposes no messages in flight.",
                        it -> it.replaceAll("[^\n]*" + MetricNames.IN_FLIGHT + "[^\n]*\n", "")),
                text(
                        "FractionsWithAComma",
                        "O-3",
                        "is no number",
                        "Writes numbers as they are written where the server stands.",
                        it -> it.replaceAll("(\\d)\\.(\\d+)\n", "$1,$2\n")),
                MonitorFault.plain(
                        "SumInMilliseconds",
                        "O-3",
                        "_sum of queue .* is",
                        "Sums up milliseconds under a name that says seconds.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected String text(Collection<PlainQueue> all, Map<String, Double> own) {
                                all.forEach(queue -> queue.seconds *= 1000);
                                try {
                                    return super.text(all, own);
                                } finally {
                                    all.forEach(queue -> queue.seconds /= 1000);
                                }
                            }
                        }),
                MonitorFault.plain(
                        "ScrapeResets",
                        "O-4",
                        "went down from",
                        "Sets counters back when they are scraped, as statsd would.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized String scrape() {
                                String text = super.scrape();
                                queues.values().forEach(queue -> queue.retried = 0);
                                return text;
                            }
                        }),
                MonitorFault.plain(
                        "HistogramOfTheLastScrape",
                        "O-4",
                        "went down from",
                        "Empties the histogram with each scrape.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized String scrape() {
                                String text = super.scrape();
                                queues.values().forEach(queue -> {
                                    queue.seconds = 0;
                                    Arrays.fill(queue.buckets, 0);
                                });
                                return text;
                            }
                        }),
                MonitorFault.plain(
                        "SetupForgetsQueues",
                        "O-4",
                        "is missing in scrape|went down from",
                        "Begins anew with everything when rules are set up.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void setupAlerts(List<AlertRule> rules) {
                                super.setupAlerts(rules);
                                queues.clear();
                            }
                        }));
    }

    /** A faulty way to write; each method is right, if nobody overrides it. */
    private interface Writing {
        default String escaped(String value) {
            return PlainText.escape(value);
        }

        default long bucket(long below, long own) {
            return below + own;
        }

        default long count(PlainQueue queue) {
            return queue.succeeded + queue.failed;
        }
    }

    private static Fault writing(String name, String finding, String description, Writing writing) {
        return MonitorFault.plain(name, "O-3", finding, description, it -> new PlainMonitor(it) {
            @Override
            protected String text(Collection<PlainQueue> all, Map<String, Double> own) {
                return new Written(writing).of(all, own);
            }
        });
    }

    /** The text as a writing has it. */
    private static final class Written extends PlainText {
        private final Writing writing;

        Written(Writing writing) {
            this.writing = writing;
        }

        @Override
        protected String escaped(String value) {
            return writing.escaped(value);
        }

        @Override
        protected long bucket(long below, long own) {
            return writing.bucket(below, own);
        }

        @Override
        protected long count(PlainQueue queue) {
            return writing.count(queue);
        }
    }

    private static Fault text(
            String name, String rule, String finding, String description, UnaryOperator<String> change) {
        return MonitorFault.plain(name, rule, finding, description, it -> new PlainMonitor(it) {
            @Override
            public synchronized String scrape() {
                return change.apply(super.scrape());
            }
        });
    }
}
