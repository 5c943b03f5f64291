package org.brokertck.tck.history.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parser reads what the format allows and nothing else. */
class ExpositionParserTest {
    private static final String HEAD = "# HELP a_total Some.\n# TYPE a_total counter\n";

    @Test
    void labelsAreDecoded() {
        Exposition metrics =
                ExpositionParser.parse(HEAD + "a_total{q=\"a\\\\b\\\"c\\nd{},=\",r=\"\",} 1.5e3 1700000000000\n");

        assertThat(metrics.value("a_total", Map.of("q", "a\\b\"c\nd{},=", "r", "")))
                .hasValue(1500);
        assertThat(metrics.family("a_total")).hasValueSatisfying(it -> {
            assertThat(it.help()).isEqualTo("Some.");
            assertThat(it.isCounter()).isTrue();
        });
    }

    @Test
    void samplesOfAHistogramBelongTogether() {
        Exposition metrics = ExpositionParser.parse("""
                # A comment, then nothing.

                # TYPE h_seconds histogram
                # HELP h_seconds How long.
                h_seconds_bucket{le="1.0"} 1
                h_seconds_bucket{le="+Inf"} 2
                h_seconds_sum 3.5
                h_seconds_count 2
                # HELP t Temperature.
                # TYPE t gauge
                t -Inf
                """);

        assertThat(metrics.families().keySet()).containsExactly("h_seconds", "t");
        assertThat(metrics.value("h_seconds", "h_seconds_bucket", Map.of("le", "+Inf")))
                .hasValue(2);
        assertThat(metrics.value("t", Map.of())).hasValue(Double.NEGATIVE_INFINITY);
        assertThat(metrics.value("t", Map.of("no", "such"))).isEmpty();
    }

    @Test
    void whatIsNotInTheFormatIsRefused() {
        assertThat(List.of(
                        "a_total 1",
                        "a_total 1,5\n",
                        "a_total 0x10\n",
                        "a_total 1f\n",
                        "a_total\n",
                        "a_total 1 2 3\n",
                        "a_total 1 soon\n",
                        "a_total{q=\"a\"b\"} 1\n",
                        "a_total{q=\"a\\tb\"} 1\n",
                        "a_total{q=\"a} 1\n",
                        "a_total{q=a} 1\n",
                        "a_total{1q=\"a\"} 1\n",
                        "a_total{q=\"a\",q=\"b\"} 1\n",
                        "a_total 1\na_total 2\n",
                        "b 1\n",
                        "1b 1\n",
                        "a_total 1\n# TYPE a_total counter\n",
                        "# TYPE a_total gauge\n",
                        "# TYPE b count\n",
                        "# HELP b x\n# TYPE b gauge\nb 1\na_total 1\nb{c=\"d\"} 1\n"))
                .allSatisfy(lines -> assertThatThrownBy(() -> ExpositionParser.parse(HEAD + lines))
                        .isInstanceOf(MalformedExpositionException.class));
    }

    @Test
    void whatHasNoHelpOrNoTypeIsRefused() {
        for (String head : List.of("# HELP b x\n", "# TYPE b gauge\n")) {
            assertThatThrownBy(() -> ExpositionParser.parse(head + "b 1\n"))
                    .isInstanceOf(MalformedExpositionException.class)
                    .hasMessageMatching("line 2 of the metrics is a sample of a metric without (HELP|TYPE): b 1");
        }
    }
}
