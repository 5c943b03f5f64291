package org.brokertck.tck.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Contract;
import org.junit.jupiter.api.Test;

/** The specification is read whole, and a damaged one is refused. */
class SpecCatalogueTest {
    private static final String VERSION = "Version: 7\n\n";
    private static final String RULE = "| Q-1 | MUST | No loss. |\n";

    private final SpecCatalogue shipped = SpecCatalogue.shipped();

    private static String shippedText() throws IOException {
        try (InputStream in = Objects.requireNonNull(SpecCatalogue.class.getResourceAsStream("SPEC.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Counted without regular expressions: the rows of all tables, but for their heads and rulers. */
    private static Map<String, Integer> rowsByFamily() throws IOException {
        Map<String, Integer> rows = new TreeMap<>();
        shippedText()
                .lines()
                .filter(it -> it.startsWith("|") && !it.startsWith("|---") && !it.startsWith("| id "))
                .forEach(it -> rows.merge(it.substring(2, 3), 1, Integer::sum));
        return rows;
    }

    @Test
    void everyRowIsARule() throws IOException {
        Map<String, Integer> rules = new TreeMap<>();
        shipped.rules().forEach(it -> rules.merge(it.family(), 1, Integer::sum));
        assertThat(rules).isEqualTo(rowsByFamily()).containsEntry("G", 14).containsEntry("Q", 31);
    }

    @Test
    void theRulesOfAFamilyAreNumberedWithoutGaps() {
        Map<String, List<Rule>> families = shipped.rules().stream().collect(Collectors.groupingBy(Rule::family));
        families.forEach((family, rules) -> {
            for (int i = 0; i < rules.size(); i++) {
                assertThat(rules.get(i).id()).isEqualTo(family + "-" + (i + 1));
            }
        });
    }

    @Test
    void everyRuleIsASentence() {
        assertThat(shipped.rules())
                .allSatisfy(it -> assertThat(it.sentence()).isNotBlank().endsWith("."));
    }

    @Test
    void capabilitiesStandWhereTheyBelong() {
        assertThat(shipped.rules())
                .allSatisfy(it -> assertThat(it.capability().isEmpty()).isEqualTo(it.level() != Level.CAP));
        List<String> used = shipped.rules().stream()
                .map(Rule::capability)
                .filter(it -> !it.isEmpty())
                .distinct()
                .toList();
        assertThat(used)
                .as("the words of rules are capabilities, and none is idle")
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Capability.values()).map(Capability::word).toList());
    }

    @Test
    void someRulesAsTheyStand() {
        assertThat(shipped.rule("Q-21"))
                .extracting(Rule::level, Rule::capability, Rule::family)
                .containsExactly(Level.CAP, "bounded", "Q");
        assertThat(shipped.rule("G-1").level()).isEqualTo(Level.MUST);
        assertThat(shipped.rule("G-1").sentence()).startsWith("A null or invalid argument is refused at once");
    }

    @Test
    void theQueueIsBoundByTheGeneralRulesAndItsOwn() {
        assertThat(shipped.rulesOf(Contract.QUEUE))
                .hasSize(45)
                .allSatisfy(it -> assertThat(it.family()).isIn("G", "Q"));
        assertThat(Contract.QUEUE.word()).isEqualTo("queue");
    }

    @Test
    void anUnknownRuleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shipped.rule("Q-99"))
                .withMessage("No rule Q-99 in the specification: './tck rules' lists them");
    }

    @Test
    void aRuleTwiceIsRefused() {
        refused(VERSION + RULE + RULE, "The specification holds rule Q-1 twice");
    }

    @Test
    void aHintForAnUnknownRuleIsRefusedAndNamed() {
        refused(
                VERSION + RULE + "- Q-1: the known.\n- Q-9: the other.\n",
                "The specification gives hints for unknown rules: [Q-9]");
    }

    @Test
    void aSpecificationWithoutVersionOrRulesIsRefused() {
        refused(RULE, "The specification holds no line 'Version: …' or no rule");
        refused(VERSION, "The specification holds no line 'Version: …' or no rule");
    }

    @Test
    void aRowThatIsNoRuleIsRefusedRatherThanSkipped() {
        for (String row : List.of(
                "| Q-2 | MAY | Whatever. |",
                "| Q-2 | CAP | Without a word. |",
                "| Q-2 | MUSTdurable | Written together. |",
                "|Q-2 | MUST | Without a space. |",
                "| Q-2 | MUST | Without an end.")) {
            refused(
                    VERSION + RULE + row + "\n",
                    "The specification holds a row that is no rule, such as '| Q-1 | MUST | a sentence |' or "
                            + "'| Q-1 | CAP word | a sentence |': " + row);
        }
    }

    private static void refused(String markdown, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecCatalogue.parse(markdown))
                .withMessage(message);
    }

    @Test
    void versionAndHintsAreRead() {
        SpecCatalogue catalogue = SpecCatalogue.parse(VERSION + RULE + "- Q-1: the retry timer.\n");
        assertThat(catalogue.version()).isEqualTo("7");
        assertThat(catalogue.rule("Q-1")).isEqualTo(new Rule("Q-1", Level.MUST, "", "No loss.", "the retry timer."));
    }

    @Test
    void whatBindsATarget() {
        Rule must = new Rule("Q-1", Level.MUST, "", "s.", "");
        Rule durable = new Rule("Q-2", Level.CAP, "durable", "s.", "");
        assertThat(must.binds(Set.of())).isTrue();
        assertThat(durable.binds(Set.of(Capability.BOUNDED, Capability.REMOTE))).isFalse();
        assertThat(durable.binds(Set.of(Capability.BOUNDED, Capability.DURABLE)))
                .isTrue();
    }
}
