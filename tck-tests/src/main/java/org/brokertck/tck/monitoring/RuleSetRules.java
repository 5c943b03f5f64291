package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A set of rules is taken whole or not at all; what it replaces ends, and what it keeps goes on. */
public interface RuleSetRules extends MonitorRules {
    /** What can be wrong with a rule, and the word that the refusal must say. */
    enum Flaw {
        /** A metric that nobody knows. */
        UNKNOWN_METRIC("metric"),
        /** A metric whose name differs in case. */
        METRIC_IN_CAPITALS("metric"),
        /** No metric. */
        EMPTY_METRIC("metric"),
        /** A condition that nobody knows. */
        UNKNOWN_CONDITION("condition"),
        /** A condition that one knows from elsewhere. */
        SINGLE_EQUALS("condition"),
        /** Time does not go back. */
        NEGATIVE_DURATION("duration"),
        /** A name that says nothing. */
        BLANK_NAME("name"),
        /** The name of another rule of the set. */
        DUPLICATE_NAME("name"),
        /** Nothing can be compared with it. */
        NAN_THRESHOLD("threshold");

        private final String word;

        Flaw(String word) {
            this.word = word;
        }

        private AlertRule rule() {
            AlertRule.Builder rule = AlertRulesFor.depth(
                    switch (this) {
                        case BLANK_NAME -> " \t";
                        case DUPLICATE_NAME -> "new";
                        default -> "flawed";
                    },
                    this == NEGATIVE_DURATION ? Duration.ofMillis(-1) : Duration.ZERO);
            switch (this) {
                case UNKNOWN_METRIC -> rule.metric("queue_length");
                case METRIC_IN_CAPITALS -> rule.metric("QUEUE_DEPTH");
                case EMPTY_METRIC -> rule.metric("");
                case UNKNOWN_CONDITION -> rule.condition("=>");
                case SINGLE_EQUALS -> rule.condition("=");
                case NAN_THRESHOLD -> rule.threshold(Double.NaN);
                default -> {
                    // The name or the duration is the flaw.
                }
            }
            return rule.build();
        }
    }

    @Test
    @Verifies("O-10")
    @Needs(clock = true)
    default void anInvalidRuleIsRefusedWithAllOfItsSet() {
        for (Flaw flaw : Flaw.values()) {
            refuse(List.of(flaw), 1);
            refuse(List.of(flaw), 0);
        }
    }

    @Property
    @Verifies("O-10")
    @Needs(clock = true)
    default void setsWithFlawsChangeNothing(
            @ForAll @Size(min = 1, max = 3) List<Flaw> flaws, @ForAll @IntRange(max = 3) int place) {
        refuse(flaws, place);
    }

    /** One alert of the former set fires, another one is pending, when the flawed set comes. */
    private void refuse(List<Flaw> flaws, int place) {
        Duration duration = Duration.ofSeconds(10);
        AlertRule former = AlertRulesFor.depth("former", duration).build();
        AlertRule valid = AlertRulesFor.depth("new", Duration.ZERO).build();
        List<AlertRule> set = new ArrayList<>(List.of(valid));
        flaws.forEach(it -> set.add(Math.min(place, set.size()), it.rule()));
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-10")) {
            monitor.setUp(former);
            monitor.depth("orders", 150);
            monitor.advance(duration.plus(INTERVAL));
            monitor.depth("payments", 150);
            monitor.advance(duration.dividedBy(2));
            List<Alert> before = monitor.alerts();
            requireRefused(monitor, flaws, set);
            monitor.require(
                    monitor.alerts().equals(before),
                    "after a set with %s was refused the active alerts are %s, where they were %s"
                            .formatted(flaws, inWords(monitor.alerts()), inWords(before)));
            monitor.depth("refunds", 150);
            monitor.advance(duration.dividedBy(2).plus(INTERVAL));
            requireActive(
                    monitor,
                    "after a set with %s was refused".formatted(flaws),
                    List.of("former fires for orders", "former fires for payments", "former pends for refunds"));
        }
    }

    private static void requireRefused(MonitorUnderTest monitor, List<Flaw> flaws, List<AlertRule> set) {
        IllegalArgumentException refusal = monitor.refused(
                IllegalArgumentException.class,
                "setupAlerts with " + flaws,
                () -> monitor.unguarded().setupAlerts(set));
        String text = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        monitor.require(
                flaws.stream().anyMatch(it -> text.contains(it.word)),
                "the refusal of a rule with %s does not say what is wrong: %s".formatted(flaws, refusal));
    }

    private static void requireActive(MonitorUnderTest monitor, String when, List<String> due) {
        List<String> active = inWords(monitor.alerts());
        monitor.require(
                active.equals(due), "%s the active alerts are %s, where %s are due".formatted(when, active, due));
    }

    private static List<String> inWords(List<Alert> alerts) {
        return alerts.stream()
                .map(it -> "%s %s for %s"
                        .formatted(it.rule().name(), it.state() == AlertState.FIRING ? "fires" : "pends", it.queue()))
                .sorted()
                .toList();
    }

    @Test
    @Verifies("O-10")
    @Needs(clock = true)
    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    default void aNullRuleIsRefusedWithAllOfItsSet() {
        List<AlertRule> set = new ArrayList<>(
                List.of(AlertRulesFor.depth("new", Duration.ZERO).build()));
        set.addAll(Collections.singletonList(null));
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-10")) {
            monitor.setUp(AlertRulesFor.depth("former", Duration.ZERO).build());
            monitor.refused(
                    NullPointerException.class,
                    "setupAlerts with a null rule",
                    () -> monitor.unguarded().setupAlerts(set));
            monitor.depth("orders", 150);
            monitor.advance(INTERVAL);
            requireActive(monitor, "after a set with null was refused", List.of("former fires for orders"));
        }
    }

    /** Whatever part it is: the alert of the former rule ends, and that of the new one has all that the new one says. */
    @Test
    @Verifies("O-10")
    @Needs(clock = true)
    default void aRuleThatDiffersInOnePartIsAnotherOne() {
        AlertRule former =
                AlertRulesFor.depth("deep", Duration.ZERO).description("before").build();
        Supplier<AlertRule.Builder> same =
                () -> AlertRulesFor.depth("deep", Duration.ZERO).description("before");
        Map<String, AlertRule> others = Map.of(
                "threshold", same.get().threshold(AlertRulesFor.DEEP - 1).build(),
                "condition", same.get().condition(Condition.AT_LEAST).build(),
                "severity", same.get().severity(Severity.CRITICAL).build(),
                "description", same.get().description("after").build(),
                "callback", same.get().callback(new Listener()).build());
        others.forEach((part, other) -> {
            try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-10")) {
                monitor.setUp(former);
                monitor.depth("orders", 150);
                monitor.advance(INTERVAL);
                monitor.setUp(other);
                monitor.advance(INTERVAL);
                List<AlertRule> history =
                        monitor.history().stream().map(Alert::rule).toList();
                List<AlertRule> active =
                        monitor.alerts().stream().map(Alert::rule).toList();
                monitor.require(
                        history.equals(List.of(former, former, other)) && active.equals(List.of(other)),
                        "a rule was replaced by one that differs in its %s, and the alert of the former one did not end, or another one did not begin: the history is %s, and active are %s"
                                .formatted(part, monitor.history(), monitor.alerts()));
            }
        });
    }

    @Test
    @Verifies("O-10")
    @Needs(clock = true)
    default void aValidSetReplacesTheFormerOneAndEqualRulesGoOn() {
        Duration duration = Duration.ofSeconds(10);
        AlertRule kept = AlertRulesFor.depth("kept", duration).build();
        AlertRule dropped = AlertRulesFor.depth("dropped", Duration.ZERO).build();
        AlertRule changed = AlertRulesFor.depth("changed", Duration.ZERO).build();
        AlertRule changedTo = AlertRulesFor.depth("changed", duration).build();
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-10")) {
            monitor.setUp(kept, dropped, changed);
            monitor.depth("orders", 150);
            monitor.advance(duration.dividedBy(2));
            monitor.setUp(changedTo, kept);
            monitor.advance(duration.dividedBy(2).plus(INTERVAL));
            requireActive(
                    monitor, "after a set was replaced", List.of("changed pends for orders", "kept fires for orders"));
            List<String> resolved = monitor.history().stream()
                    .filter(it -> it.state() == AlertState.RESOLVED)
                    .map(it -> it.rule().name())
                    .sorted()
                    .toList();
            monitor.require(
                    resolved.equals(List.of("changed", "dropped")),
                    "of the alerts that fired %s are resolved when their rules went, where [changed, dropped] are due"
                            .formatted(resolved));
            monitor.setUp(List.of());
            monitor.depth("payments", 150);
            monitor.advance(duration.plus(INTERVAL));
            requireActive(monitor, "after the empty set", List.of());
        }
    }
}
