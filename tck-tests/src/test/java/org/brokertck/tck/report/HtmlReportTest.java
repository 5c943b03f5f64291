package org.brokertck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.spec.Level;
import org.brokertck.tck.spec.Rule;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Environment HERE = new Environment("17 <vm>", "Linux", 2);
    private static final Pattern ELSEWHERE = Pattern.compile("https?:|src=|url\\(|@import|<link");

    @Test
    void whatABrokerSaysIsNeverMarkup() {
        String page = page(Fixture.allStatuses());

        assertThat(page)
                .contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; \\u001B[31mred\\u202E")
                .contains("produced &lt;b&gt;m1&lt;/b&gt;", "3 &lt;beta&gt;", "17 &lt;vm&gt;")
                .doesNotContain("<script>alert", "<b>m1", "<beta>", "\u001B", "\u202E");
    }

    @Test
    void standsAlone() {
        assertThat(page(Fixture.allStatuses())).doesNotContainPattern(ELSEWHERE).doesNotContain("{{");
    }

    @Test
    void showsTheFindingOnceWithItsTimelineHintAndReplay() {
        String page = page(Fixture.allStatuses());

        assertThat(page)
                .contains("<span class=\"line event\">       0.000  produced")
                .contains("<strong>Check first:</strong> the order of <code>ack</code> &amp; take.")
                .contains(command("./tck run --target rabbit --rules Q-3 --seed 7"))
                .doesNotContain("The rule: FIFO");
    }

    @Test
    void putsRedTestsFirstAndFoldsStacks() {
        RunResult run = Fixture.run(
                "x",
                Set.of(),
                List.of(new RuleResult(
                        new Rule("Q-2", Level.MUST, "", "Sentence.", ""),
                        Status.ERROR,
                        "boom",
                        List.of(
                                Fixture.test("green", Status.PASSED, "", "", ""),
                                Fixture.test("red", Status.ERROR, "", "boom\n      at a.B.c(B.java:1)", "")))));

        assertThat(page(run)).containsSubsequence(">red<", "Stack trace", "at a.B.c(B.java:1)", ">green<");
    }

    @Test
    void linksWhatNeedsAttentionWorstFirst() {
        String list = page(Fixture.allStatuses()).replaceAll("(?s).*<ol class=\"attention\">(.*?)</ol>.*", "$1");

        assertThat(list)
                .containsSubsequence("href=\"#Q-3\"", "href=\"#G-13\"", "href=\"#Q-31\"", "does not fail the run");
    }

    @Test
    void aRunWithNothingRedHasNoSuchList() {
        assertThat(page(Fixture.passing()))
                .contains("Conformant", "All 2 binding rules are kept.")
                .doesNotContain("What needs attention", "<details class=\"rule passed\" id=\"G-1\" open");
    }

    @Test
    void namesTheCommandThatRepeatsTheRun() {
        assertThat(page(Fixture.allStatuses())).contains(command("./tck run --target rabbit --seed 7"));
        assertThat(page(Fixture.passing())).contains(command("./tck run --target in-memory --seed 7"));
    }

    @Test
    void showsSentencesWithTheirCode() {
        assertThat(page(Fixture.allStatuses())).contains("FIFO: in <code>produce</code> order.");
    }

    private static String command(String words) {
        return "<code><span>" + words.replace(" ", "</span> <span>") + "</span></code>";
    }

    private static String page(RunResult result) {
        return HtmlReport.of(result, HERE);
    }
}
