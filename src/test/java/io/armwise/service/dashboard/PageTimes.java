package io.armwise.service.dashboard;

import com.microsoft.playwright.Page;
import io.armwise.service.testing.BrowserExtension;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Times the pages in a real browser: 200 experiments, one of which has 50 arms and 90 days of
 * evidence and allocation versions. Asserts nothing and is no part of the tests; run with {@code
 * -Dtest=PageTimes}.
 */
@ExtendWith(BrowserExtension.class)
class PageTimes {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(PageTimes.class);
  private static final int EXPERIMENTS = 200;
  private static final int ARMS = 50;
  private static final int DAYS = 90;
  private static final int WARM_UPS = 8;
  private static final int LOADS = 15;

  /** Milliseconds from the request to the last byte and to the first paint; bytes on the wire. */
  private static final String TIMES =
      """
      () => {
        const page = performance.getEntriesByType("navigation")[0];
        const paint = performance.getEntriesByName("first-contentful-paint")[0];
        return [page.responseEnd - page.requestStart, paint ? paint.startTime : NaN,
          page.loadEventEnd, page.transferSize];
      }
      """;

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void timesEveryPage(Page page) {
    page.context().tracing().stop();
    new DenseExperiments(SERVICE).seed(EXPERIMENTS, ARMS, DAYS);
    Visit visit = new Visit(SERVICE, page);
    visit.open("/");
    System.out.println("| page | to last byte | slowest | to first paint | loaded | on the wire |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    time(page, "list of 200, newest first", "/");
    time(page, "list of 200, decision first", "/?order=decision");
    time(page, "list of 200, a search", "/?q=number+1");
    time(page, "experiment, 3 arms, 14 days", "/experiments/experiment-1");
    time(page, "experiment, 50 arms, 90 days", "/experiments/" + DenseExperiments.BIG);
    time(page, "form of the one with 50 arms", "/experiments/" + DenseExperiments.BIG + "/edit");
    time(page, "why, 50 arms", "/experiments/" + DenseExperiments.BIG + "/why?unit=u-1");
    time(page, "flags", "/flags");
    time(page, "simulator", "/simulator");
    time(page, "system", "/system");
  }

  private static void time(Page page, String name, String path) {
    double[][] times = new double[LOADS][];
    for (int load = -WARM_UPS; load < LOADS; load++) {
      page.navigate(SERVICE.address() + path);
      List<?> figures = (List<?>) page.evaluate(TIMES);
      if (load >= 0) {
        times[load] =
            figures.stream().mapToDouble(figure -> ((Number) figure).doubleValue()).toArray();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %.0f kB |%n",
        name,
        quantile(times, 0, 0.5),
        quantile(times, 0, 1),
        quantile(times, 1, 0.5),
        quantile(times, 2, 0.5),
        quantile(times, 3, 0.5) / 1_000);
  }

  private static double quantile(double[][] times, int figure, double fraction) {
    double[] sorted = Arrays.stream(times).mapToDouble(load -> load[figure]).sorted().toArray();
    return sorted[(int) Math.ceil(fraction * sorted.length) - 1];
  }
}
