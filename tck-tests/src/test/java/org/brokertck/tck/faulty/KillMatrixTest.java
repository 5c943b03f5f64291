package org.brokertck.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page in the documentation says what {@link FaultyQueuesTest} verifies. */
class KillMatrixTest {
    private static final String WRITE = "tck.writeDocs";

    @Test
    void thePageIsCurrent() throws IOException {
        Path page = docs().resolve("KILL-MATRIX.md");
        String due = KillMatrix.page(FaultyQueues.all());
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, due);
        }

        String found = Files.exists(page) ? Files.readString(page) : "";

        assertThat(found)
                .as(
                        "%s is out of date: write it anew with mvn -pl tck-tests test -Dtest=KillMatrixTest -D%s=true",
                        page, WRITE)
                .isEqualTo(due);
    }

    /** Beside the module that the build runs in, or below the folder that an editor does. */
    private static Path docs() {
        Path beside = Path.of("..", "docs");
        return Files.exists(beside.resolve("SPEC.md")) ? beside : Path.of("docs");
    }
}
