package org.brokertck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.spec.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    @Test
    void writesBothFilesIntoAFolderThatWasNotThere(@TempDir Path folder) throws IOException {
        Path page = Reports.write(Fixture.allStatuses(), folder.resolve("a/b"));

        assertThat(page).isEqualTo(folder.resolve("a/b/report.html")).isNotEmptyFile();
        assertThat(Files.readString(page.resolveSibling("report.json")))
                .isEqualTo(JsonReport.of(Fixture.allStatuses()));
    }

    @Test
    void aHalfCharacterInAFindingDoesNotStopTheReport(@TempDir Path folder) throws IOException {
        var finding = Fixture.test("any", Status.FAILED, "", "lone \uD800 half", "");
        var rule = Fixture.rule("Q-2", Level.MUST, "", Status.FAILED, "lone \uD800 half", finding);

        Path page = Reports.write(Fixture.run("x", Set.of(), List.of(rule)), folder);

        assertThat(Files.readString(page)).contains("lone \\uD800 half");
        assertThat(Files.readString(page.resolveSibling("report.json"))).contains("lone ? half");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThatThrownBy(() -> Reports.write(Fixture.passing(), file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("taken");
    }
}
