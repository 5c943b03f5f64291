package org.brokertck.api.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTest {
    @Test
    void everyConditionIsAsWrittenAtTheThresholdAndBesideIt() {
        assertThat(symbolsThatHold(9)).containsExactly("<", "<=", "!=");
        assertThat(symbolsThatHold(10)).containsExactly("==", ">=", "<=");
        assertThat(symbolsThatHold(11)).containsExactly(">", ">=", "!=");
        assertThat(symbolsThatHold(Math.nextUp(10.0))).containsExactly(">", ">=", "!=");
    }

    private static List<String> symbolsThatHold(double value) {
        return Arrays.stream(Condition.values())
                .filter(it -> it.holds(value, 10))
                .map(Condition::symbol)
                .toList();
    }

    @Test
    void nanMeetsNothing() {
        assertThat(symbolsThatHold(Double.NaN)).isEmpty();
        assertThat(Condition.values()).noneMatch(it -> it.holds(10, Double.NaN));
    }

    @Test
    void conditionsGoByTheirSymbols() {
        assertThat(Condition.values())
                .allSatisfy(it -> assertThat(Condition.of(it.symbol())).isEqualTo(it));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.of("=>"))
                .withMessage("condition is '=>': it must be one of > < == >= <= !=");
    }
}
