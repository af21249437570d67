package io.armwise.service.dashboard;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.armwise.service.testing.BrowserExtension;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes a picture of an experiment in each state of its life, and of pages for readers and for
 * people who are not logged in. Asserts nothing and is no part of the tests; run with {@code
 * -Dtest=StatePictures}, look in {@code target/pictures}.
 */
@ExtendWith(BrowserExtension.class)
class StatePictures {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(StatePictures.class);
  private static final SeededExperiments EXPERIMENTS = new SeededExperiments(SERVICE.client());
  private static final Map<String, String> PAGES =
      Map.ofEntries(
          Map.entry("list", "/"),
          Map.entry("list-decision", "/?order=decision"),
          Map.entry("list-none", "/?q=nothing-like-it"),
          Map.entry("collecting", "/experiments/few"),
          Map.entry("nothing-yet", "/experiments/silent"),
          Map.entry("winner", "/experiments/winner"),
          Map.entry("shipped", "/experiments/shipped"),
          Map.entry("undecided", "/experiments/undecided"),
          Map.entry("archived", "/experiments/archived"),
          Map.entry("paused", "/experiments/paused"),
          Map.entry("emergency", "/experiments/emergency"),
          Map.entry("guardrail", "/experiments/harmful"),
          Map.entry("unusable", "/experiments/lossy"),
          Map.entry("ratio", "/experiments/ratio"),
          Map.entry("do-traffic", "/experiments/winner/do/traffic"),
          Map.entry("do-add-arm", "/experiments/winner/do/add-arm"),
          Map.entry("do-retire-arm", "/experiments/winner/do/retire-arm"),
          Map.entry("do-kill", "/experiments/winner/do/kill"),
          Map.entry("do-stop", "/experiments/winner/do/stop"),
          Map.entry("why-error", "/experiments/winner/why?unit=&at=2001-01-01T00:00"),
          Map.entry("holdout-end", "/holdouts/2026-h2/end"),
          Map.entry("simulated", "/simulator"),
          Map.entry("missing-page", "/nowhere"));

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void takesPictures(Page page) {
    page.context().tracing().stop();
    lives();
    metrics();
    EXPERIMENTS.holdout();
    String reader =
        SERVICE
            .client()
            .post("/v1/keys", Map.of("name", "A reader", "roles", List.of("read")))
            .expect(201)
            .json()
            .path("key")
            .asText();
    Visit visit = new Visit(SERVICE, page);
    Album album = new Album(page);
    simulate(visit);
    String shared = share(visit, "A meeting");
    String revoked = share(visit, "A mistake");
    visit.button("Take back the link for A mistake").click();
    visit.open("/experiments/winner");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    album.take("print");
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setColorScheme(ColorScheme.LIGHT));
    album.takeAll(PAGES, visit::open);
    page.context().clearCookies();
    String login = SERVICE.address() + "/login";
    album.takeAll(
        Map.of("shared", shared, "shared-no-more", revoked, "login", login), page::navigate);
    page.navigate(login);
    page.getByLabel("API key").fill(reader);
    page.keyboard().press("Enter");
    visit.heading("Experiments").waitFor();
    album.takeAll(
        Map.of("reader-list", "/", "reader", "/experiments/winner", "refused", "/system"),
        path -> page.navigate(SERVICE.address() + path));
  }

  private static void lives() {
    EXPERIMENTS.draft("few", "Few units", "Today", "Tomorrow");
    EXPERIMENTS.run("few", 40, 10, 30);
    EXPERIMENTS.draft("silent", "Nothing arrived", "Today", "Tomorrow");
    act("silent", "start");
    EXPERIMENTS.draft("winner", "A clear case", "Today", "Tomorrow");
    EXPERIMENTS.run("winner", 400, 40, 120);
    EXPERIMENTS.draft("shipped", "A shipped case", "Today", "Tomorrow");
    EXPERIMENTS.run("shipped", 400, 40, 120);
    SERVICE
        .client()
        .post("/v1/experiments/shipped/ship", Map.of("arm", "other", "reason", "Decided"))
        .expect(200);
    EXPERIMENTS.draft("undecided", "A tie", "Today", "Tomorrow");
    EXPERIMENTS.run("undecided", 120, 12, 13);
    act("undecided", "stop");
    EXPERIMENTS.draft("archived", "An old one", "Today", "Tomorrow");
    EXPERIMENTS.run("archived", 400, 40, 120);
    act("archived", "stop");
    act("archived", "archive");
    EXPERIMENTS.draft("paused", "On hold", "Today", "Tomorrow");
    EXPERIMENTS.run("paused", 120, 12, 20);
    act("paused", "pause");
    EXPERIMENTS.draft("emergency", "An emergency", "Today", "Tomorrow");
    EXPERIMENTS.run("emergency", 120, 12, 20);
    act("emergency", "kill");
  }

  private static void metrics() {
    EXPERIMENTS.fixed("lossy", "Lossy", List.of());
    EXPERIMENTS.send("lossy", 500, 50, 300, 30);
    EXPERIMENTS.harmful();
    EXPERIMENTS.fixed(
        "ratio",
        "Revenue per purchase",
        List.of(
            Map.of(
                "key",
                "ratio.basket",
                "kind",
                "ratio",
                "outcome",
                "ratio.revenue",
                "denominator",
                Map.of("outcome", "ratio.bought"),
                "smallestEffect",
                0.05)));
    EXPERIMENTS.send("ratio", 400, 200, 400, 220);
    EXPERIMENTS.adjusted("adjusted", "Revenue, adjusted");
  }

  private static void act(String key, String action) {
    SERVICE.client().post("/v1/experiments/" + key + "/" + action).expect(200);
  }

  private static void simulate(Visit visit) {
    Page page = visit.page();
    visit.open("/simulator");
    page.getByLabel("The metric today").fill("20 %");
    page.getByLabel("Effect of the better arm").fill("10 %");
    page.getByLabel("Units a day").fill("400");
    page.getByLabel("Days at most").fill("10");
    visit.button("Simulate").click();
    page.getByText("± is one standard error")
        .first()
        .waitFor(new Locator.WaitForOptions().setTimeout(120_000));
  }

  private static String share(Visit visit, String reason) {
    visit.open("/experiments/winner/share");
    visit.page().locator("#reason").fill(reason);
    visit.button("Make the link").click();
    return visit.page().locator("#link").inputValue();
  }
}
