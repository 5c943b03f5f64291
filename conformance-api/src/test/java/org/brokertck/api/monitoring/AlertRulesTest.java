package org.brokertck.api.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final AlertRule VALID = AlertRule.builder("deep").build();

    @Test
    void aValidSetIsIsolatedFromItsList() {
        List<AlertRule> given = new ArrayList<>(List.of(VALID));

        List<AlertRule> rules = AlertRules.requireValid(given);
        given.clear();

        assertThat(rules).containsExactly(VALID);
        assertThat(AlertRules.requireValid(List.of())).isEmpty();
    }

    @Test
    void eachInvalidPartIsNamedWithItsRule() {
        refused(AlertRule.builder(" "), "rules: ' ': name is blank: give the rule a name");
        refused(
                AlertRule.builder("a").metric("depth"),
                "rules: 'a': metric is 'depth': it must be one of queue_depth, ");
        refused(AlertRule.builder("a").condition("=>"), "rules: 'a': condition is '=>': it must be one of");
        refused(
                AlertRule.builder("a").threshold(Double.NaN),
                "rules: 'a': threshold is NaN: it must be a finite number");
        refused(
                AlertRule.builder("a").duration(Duration.ofMillis(-1)),
                "rules: 'a': duration is PT-0.001S: it must be");
        refused(AlertRule.builder("deep"), "rules: 'deep': name is taken by another rule of the set");
    }

    private static void refused(AlertRule.Builder rule, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertRules.requireValid(List.of(VALID, rule.build())))
                .withMessageStartingWith(message);
    }

    @Test
    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    void nullAndTooManyAreRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> AlertRules.requireValid(null))
                .withMessage("rules");
        assertThatNullPointerException()
                .isThrownBy(() -> AlertRules.requireValid(Collections.singletonList(null)))
                .withMessage("rules: a rule");
        List<AlertRule> many = IntStream.rangeClosed(0, AlertRules.MOST)
                .mapToObj(i -> AlertRule.builder("rule-" + i).build())
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertRules.requireValid(many))
                .withMessage("rules: their number is 1001: it must be from 0 to 1000");
    }

    @Test
    void anAlertWithoutADescriptionDescribesItself() {
        Alert alert = Alert.of(VALID, "orders", AlertState.FIRING, 5, Instant.EPOCH, Instant.EPOCH);

        assertThat(alert.description()).isEqualTo("deep: queue_depth of queue 'orders' > 0.0 for PT0S");
        assertThat(alert.severity()).isEqualTo(Severity.WARNING);
    }
}
