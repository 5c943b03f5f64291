package org.brokertck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixReportTest {
    @Test
    void setsTargetsSideBySide() {
        assertThat(MatrixReport.markdown(List.of(Fixture.passing(), Fixture.allStatuses())))
                .isEqualTo("""
                | rule | level | what it says | in-memory 3 &lt;beta> | rabbit\\|mq 3 &lt;beta> |
                |---|---|---|:-:|:-:|
                | G-1 | MUST | Sentence of G-1 with a \\| in it. | ✔ | ✔ |
                | G-13 | CAP remote | Sentence of G-13 with a \\| in it. | · | ! |
                | Q-3 | MUST | Sentence of Q-3 with a \\| in it. | ✔ | ✘ |
                | Q-24 | CAP durable | Sentence of Q-24 with a \\| in it. | · | – |
                | Q-30 | MUST | Sentence of Q-30 with a \\| in it. | · | · |
                | Q-31 | SHOULD | Sentence of Q-31 with a \\| in it. | · | ? |
                | | | **binding rules kept** | **2 of 2** | **1 of 4** |
                | | | **verdict** | Conformant | Not conformant |

                ✔ passed, ✘ failed, ? inconclusive, – not supported, · not run, ! error. Kit 1.0, specification 0.1.
                """);
    }

    @Test
    void writesAPageThatEscapesWhatTargetsSay(@TempDir Path folder) throws IOException {
        Path page = MatrixReport.write(List.of(Fixture.allStatuses(), Fixture.passing()), folder.resolve("new"));

        assertThat(page).hasFileName("matrix.html");
        assertThat(Files.readString(page))
                .contains("rabbit|mq", "3 &lt;beta&gt;")
                .doesNotContain("<beta>", "{{");
    }
}
