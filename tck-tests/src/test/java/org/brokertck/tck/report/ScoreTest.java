package org.brokertck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.spec.SpecCatalogue;
import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void countsBindingRulesOnly() {
        RunResult run = Fixture.allStatuses();

        assertThat(Score.of("all", run.rules(), run.capabilities())).isEqualTo(new Score("all", 4, 1, 1));
    }

    @Test
    void roundsTheShareDown() {
        assertThat(new Score("", 1000, 999, 0).percent()).isEqualTo(99);
        assertThat(new Score("", 1000, 1000, 0).percent()).isEqualTo(100);
    }

    @Test
    void namesTheLevelOfTheShare() {
        assertThat(new Score("", 10, 9, 0).level()).isEqualTo("Expert");
        assertThat(new Score("", 1000, 899, 0).level()).isEqualTo("Advanced");
        assertThat(new Score("", 10, 8, 0).level()).isEqualTo("Advanced");
        assertThat(new Score("", 10, 7, 0).level()).isEqualTo("Intermediate");
        assertThat(new Score("", 10, 6, 0).level()).isEqualTo("Beginner");
        assertThat(new Score("", 1000, 599, 0).level()).isEqualTo("Needs more practice");
        assertThat(new Score("", 0, 0, 0).level()).isEqualTo("No rule binds");
    }

    @Test
    void theLevelStaysOpenWhileRulesThatWereNotRunCouldChangeIt() {
        assertThat(new Score("", 40, 1, 39).level()).isEqualTo("Open: 39 not run");
        assertThat(new Score("", 40, 38, 2).level()).isEqualTo("Expert");
    }

    @Test
    void everyFamilyThatIsTestedHasATitle() {
        for (Contract contract : Contract.values()) {
            assertThat(SpecCatalogue.shipped().rulesOf(contract))
                    .allSatisfy(it -> assertThat(Families.title(it.family())).isNotEqualTo(it.family()));
        }
    }
}
