package org.brokertck.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tables take the place of those before, and nothing else changes. */
class GuideTest {
    @Test
    void theTablesBetweenTheMarkersAreReplaced() {
        String guide = "before\n<!-- figures: begin -->\nold\n<!-- figures: end -->\nafter\n";
        assertThat(Guide.with(guide, "\nnew\n"))
                .isEqualTo("before\n<!-- figures: begin -->\nnew\n<!-- figures: end -->\nafter\n");
    }

    @Test
    void aGuideWithoutMarkersIsRefused() {
        assertThatThrownBy(() -> Guide.with("nothing", "new")).hasMessageContaining("figures: begin");
    }

    @Test
    void theGuideOfThisProjectHasMarkers() throws IOException {
        assertThat(Guide.with(Files.readString(Path.of("..", "docs", "PERFORMANCE.md")), "tables"))
                .contains("tables");
    }
}
