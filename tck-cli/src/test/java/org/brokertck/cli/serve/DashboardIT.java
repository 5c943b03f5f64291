package org.brokertck.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a person sees it: live values in a browser (rule O-11). The picture is left in {@code target}. */
@RequiresProgram(
        value = {"chromium", "chromedriver"},
        property = "tck.browser")
class DashboardIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // Jupiter sets it
    Path folder;

    @Test
    void thePageShowsLiveValuesAndAlerts() throws IOException, InterruptedException {
        try (SampleService service = SampleService.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Browser browser = Browser.start(folder)) {
            browser.open(service.uri().resolve("/"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(browser.text("#queues tbody")).contains("orders", "payments", "user.created"));
            String before = browser.text("#queues tbody");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(browser.text("#queues tbody")).isNotEqualTo(before));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(browser.text("#alerts tbody")).contains("backlog", "pending"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(browser.text("#alerts tbody")).contains("backlog", "firing", "warning", "orders");
                assertThat(browser.text("#history tbody")).contains("backlog", "firing");
            });
            assertThat(browser.text("#live")).startsWith("Live, ");
            assertThat(browser.text("#name")).isEqualTo("Broker TCK: sample traffic");
            assertThat(browser.run("return document.querySelectorAll('#charts svg path.series').length;"))
                    .isEqualTo(4L * 4);
            assertThat(String.valueOf(
                            browser.run("return document.querySelector('#charts svg path.series').getAttribute('d');")))
                    .matches("M[0-9. ]+(L[0-9. ]+)+");
            arrowsTellOlderValues(browser);
            pauseStopsTheFigures(browser);
            browser.screenshot(Path.of("target", "dashboard.png"));
            assertThat(browser.console()).as("what the browser complains of").isEmpty();
        }
    }

    private static void arrowsTellOlderValues(Browser browser) throws IOException, InterruptedException {
        assertThat(browser.text("#chart-depth-now")).startsWith("Now");
        browser.run("const chart = document.querySelector('#charts svg'); chart.focus();"
                + " chart.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft'}));");
        assertThat(browser.text("#chart-depth-now")).matches("(?s)\\d\\d:\\d\\d:\\d\\d.*orders.*");
        browser.run("document.querySelector('#charts svg').blur();");
        assertThat(browser.text("#chart-depth-now")).startsWith("Now");
    }

    private static void pauseStopsTheFigures(Browser browser) throws IOException, InterruptedException {
        browser.run("document.getElementById('pause').click();");
        String held = browser.text("#queues tbody");
        await().atMost(PATIENCE).until(() -> browser.text("#live").equals("Paused"));
        assertThat(browser.text("#queues tbody")).isEqualTo(held);
        browser.run("document.getElementById('pause').click();");
        await().atMost(PATIENCE).until(() -> !browser.text("#queues tbody").equals(held));
    }

    @Test
    void thePageLoadsNothingFromElsewhere() throws IOException, InterruptedException {
        try (SampleService service = SampleService.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var answer = Http.get(service.uri().resolve("/"));
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "connect-src 'self'");
            assertThat(answer.body().replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http://", "https://", "//cdn");
        }
    }
}
