package org.brokertck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    @Test
    void holdsExactlyTheDocumentedFields() throws IOException {
        Map<String, Object> expected = JsonTree.parse("""
                {"kit": {"version": "1.0", "spec": "0.1"},
                 "target": {"name": "in-memory", "version": "3 <beta>", "capabilities": []},
                 "startedAt": "2026-05-03T14:05:06Z", "durationMillis": 65400, "seed": "7", "verdict": "CONFORMANT",
                 "summary": {"passed": 2, "failed": 0, "inconclusive": 0, "notSupported": 0, "notRun": 0, "error": 0},
                 "rules": [
                  {"id": "G-1", "level": "MUST", "capability": null, "sentence": "Sentence of G-1 with a | in it.",
                   "status": "PASSED", "reason": null, "tests": [
                    {"name": "refusesNull", "status": "PASSED", "durationMillis": 12, "seed": null, "message": null,
                     "replay": null}]},
                  {"id": "Q-3", "level": "MUST", "capability": null, "sentence": "Sentence of Q-3 with a | in it.",
                   "status": "PASSED", "reason": null, "tests": [
                    {"name": "keepsOrder", "status": "PASSED", "durationMillis": 12, "seed": "7", "message": null,
                     "replay": null}]}]}""");

        assertThat(JsonTree.parse(JsonReport.of(Fixture.passing()))).isEqualTo(expected);
        assertThat(JsonTree.parse(JsonReport.of(Fixture.passing())).keySet())
                .containsExactlyElementsOf(expected.keySet());
    }

    @Test
    void countsEveryStatusAndSortsTheClaims() throws IOException {
        Map<String, Object> report = JsonTree.parse(JsonReport.of(Fixture.allStatuses()));

        assertThat(report).containsEntry("verdict", "NOT_CONFORMANT");
        assertThat(report.get("summary"))
                .isEqualTo(Map.of(
                        "passed", 1L, "failed", 1L, "inconclusive", 1L, "notSupported", 1L, "notRun", 1L, "error", 1L));
        assertThat(report.get("target"))
                .isEqualTo(Map.of(
                        "name", "rabbit|mq", "version", "3 <beta>", "capabilities", List.of("bounded", "remote")));
    }

    @Test
    void keepsAFindingByteForByte() throws IOException {
        Map<String, Object> report = JsonTree.parse(JsonReport.of(Fixture.allStatuses()));

        assertThat(report.get("rules"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .element(2)
                .extracting("tests")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .first()
                .extracting("message", "seed", "replay")
                .containsExactly(Fixture.FINDING, "7", "./tck run --target rabbit --rules Q-3 --seed 7");
    }
}
