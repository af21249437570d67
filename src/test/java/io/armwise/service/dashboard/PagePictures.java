package io.armwise.service.dashboard;

import com.microsoft.playwright.Page;
import io.armwise.service.testing.BrowserExtension;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes a picture of every page at three widths in both themes, to be looked at. Asserts nothing
 * and is no part of the tests; run with {@code -Dtest=PagePictures}, look in {@code
 * target/pictures}.
 */
@ExtendWith(BrowserExtension.class)
class PagePictures {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(PagePictures.class);
  private static final Map<String, String> PAGES =
      Map.ofEntries(
          Map.entry("experiments", "/"),
          Map.entry("experiment", "/experiments/experiment-1"),
          Map.entry("experiment-12-arms", "/experiments/experiment-0"),
          Map.entry("experiment-draft", "/experiments/draft"),
          Map.entry("new", "/new"),
          Map.entry("edit", "/experiments/draft/edit"),
          Map.entry("start", "/experiments/draft/do/start"),
          Map.entry("ship", "/experiments/experiment-1/do/ship"),
          Map.entry("why", "/experiments/experiment-1/why?unit=user-1"),
          Map.entry("share", "/experiments/experiment-1/share"),
          Map.entry("certificate", "/experiments/draft/certificate"),
          Map.entry("simulator", "/simulator"),
          Map.entry("suites", "/simulator/suites"),
          Map.entry("flags", "/flags"),
          Map.entry("flag", "/flags/split"),
          Map.entry("flag-edit", "/flags/split/edit"),
          Map.entry("flag-new", "/new/flag"),
          Map.entry("layers", "/layers"),
          Map.entry("layer-new", "/layers/new"),
          Map.entry("holdout-new", "/holdouts/new"),
          Map.entry("table", "/experiments/experiment-1/tables/means"),
          Map.entry("adjusted", "/experiments/adjusted"),
          Map.entry("system", "/system"),
          Map.entry("missing", "/experiments/none"));

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void takesPictures(Page page) {
    page.context().tracing().stop();
    new DenseExperiments(SERVICE).seed(8, 12, 30);
    SeededExperiments seeded = new SeededExperiments(SERVICE.client());
    seeded.draft("draft", "A draft", "Today", "Tomorrow");
    SERVICE
        .client()
        .post(
            "/v1/flags",
            Map.of(
                "key",
                "split",
                "name",
                "Search ranking",
                "variants",
                List.of(Map.of("key", "old", "value", "v1"), Map.of("key", "new", "value", "v2")),
                "serve",
                Map.of("split", Map.of("old", 0.7, "new", 0.3))))
        .expect(201);
    SERVICE.client().post("/v1/layers", Map.of("key", "checkout", "name", "Checkout")).expect(201);
    seeded.holdout();
    seeded.inLayer("basket-colour", "checkout", 0, 2500);
    seeded.inLayer("free-delivery", "checkout", 4000, 9000);
    seeded.adjusted("adjusted", "Revenue, adjusted");
    Visit visit = new Visit(SERVICE, page);
    new Album(page).takeAll(PAGES, visit::open);
  }
}
