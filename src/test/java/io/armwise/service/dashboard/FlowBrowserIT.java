package io.armwise.service.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.BrowserExtension;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people come for, from the first page to the last. */
@ExtendWith(BrowserExtension.class)
class FlowBrowserIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(FlowBrowserIT.class);
  private static final SeededExperiments EXPERIMENTS = new SeededExperiments(SERVICE.client());

  /** A certificate takes seconds, and longer where others use the processor. */
  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(120_000);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void aProductManagerHasADesignCertifiedStartsItAndReadsAVerdictThatCitesIt(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.draft("journey", "A journey", "Today", "Tomorrow");
    visit.open("/experiments/journey");
    assertThat(page.locator(".trust")).containsText("Nobody has simulated this design yet");
    visit.link("Start").click();
    assertThat(page.getByText("Nobody has simulated this design yet")).isVisible();
    visit.link("Have it simulated first").click();
    visit.inspect("certificate-empty");
    page.getByLabel("The metric today").fill("a lot");
    page.getByLabel("Units a day").fill("300");
    page.getByLabel("Days at most").fill("7");
    visit.button("Simulate").click();
    assertThat(page.locator("#c-baseline-error")).containsText("Give a percentage such as 5 %");
    visit.inspect("certificate-error");
    page.getByLabel("The metric today").fill("10 %");
    page.keyboard().press("Enter");
    assertThat(visit.heading("Finds too little")).isVisible(PATIENTLY);
    assertThat(page.locator(".advice")).containsText("Give it more days or traffic");
    assertThat(page.locator(".sentence")).containsText("If no arm is better");
    assertThat(page.getByText("± is one standard error")).isVisible();
    visit.inspect("certificate");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    visit.inspect("certificate-dark");
    page.setViewportSize(360, 740);
    visit.inspect("certificate-phone");
    visit.link("Back to the experiment").click();
    assertThat(page.locator(".trust")).containsText("simulated experiments of this design");
    visit.link("Start").click();
    page.getByLabel("Reason").fill("Certified");
    visit.button("Start").click();
    EXPERIMENTS.send("journey", 400, 40, 120);
    page.reload();
    assertThat(visit.heading("Ready to ship")).isVisible();
    assertThat(page.locator(".sentence")).containsText("simulated experiments of this design");
    visit.inspect("journey-end");
  }

  @Test
  void aCertificateCanBeCancelled(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.wideDraft("long", "A long one", 30);
    visit.open("/experiments/long/certificate");
    page.getByLabel("The metric today").fill("10 %");
    page.getByLabel("Units a day").fill("1000000");
    page.getByLabel("Days at most").fill("365");
    visit.button("Simulate").click();
    assertThat(visit.heading("Simulating")).isVisible();
    visit.inspect("certificate-running");
    visit.button("Cancel").click();
    assertThat(page.getByText("Cancelled. What was certified before stays.")).isVisible();
    assertThat(visit.button("Simulate")).isVisible();
  }

  @Test
  void unitsThatGetLostMakeTheDataUnusable(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.fixed("lossy", "Lossy", List.of());
    EXPERIMENTS.send("lossy", 500, 50, 300, 30);
    visit.open("/experiments/lossy");
    assertThat(visit.heading("Data unusable")).isVisible();
    assertThat(page.locator(".sentence"))
        .containsText("Tomorrow has 300 units where its share was due 400");
    assertThat(page.locator(".health")).containsText("Look for an arm that fails to load");
    visit.inspect("sample-ratio");
    visit.open("/?q=lossy");
    assertThat(page.getByText("Health: Act")).isVisible();
    visit.inspect("sample-ratio-list");
  }

  @Test
  void anArmThatHarmsAGuardrailIsToldBeforeItIsShipped(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.fixed(
        "harmful",
        "Harmful",
        List.of(
            Map.of(
                "key",
                "harmful.refund",
                "kind",
                "binary",
                "role",
                "guardrail",
                "direction",
                "decrease",
                "smallestEffect",
                0.01)));
    EXPERIMENTS.send("harmful", 400, 40, 400, 120);
    EXPERIMENTS.outcomes("harmful", "other", 60, "harmful.refund");
    visit.open("/experiments/harmful");
    assertThat(visit.heading("Guardrail broken")).isVisible();
    assertThat(page.locator(".advice")).containsText("Look at the guardrail first: with Tomorrow");
    assertThat(page.locator(".health")).containsText("Guardrails");
    assertThat(visit.row("Worse").first()).isVisible();
    visit.inspect("guardrail");
    visit.open("/?q=harmful");
    assertThat(page.getByText("Health: Act")).isVisible();
  }

  @Test
  void pagesSayThatTheDatabaseIsAwayAndComeBackWithIt(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.draft("cut-off", "Cut off", "Today", "Tomorrow");
    EXPERIMENTS.run("cut-off", 120, 12, 12);
    visit.open("/experiments/cut-off");
    assertThat(visit.button("Pause updates")).isVisible();
    TestServers.shut(SERVICE.place());
    try {
      assertThat(page.locator("#away"))
          .containsText(
              "these figures stand",
              new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
      JsonNode decision =
          SERVICE
              .client()
              .post("/v1/decisions", Map.of("experiment", "cut-off", "unit", "anybody"))
              .expect(200)
              .json()
              .at("/decisions/0");
      assertThat(decision.path("arm").asText()).isIn("control", "other");
      visit.inspect("outage");
      page.navigate(SERVICE.address() + "/");
      assertThat(visit.heading("The database does not answer")).isVisible();
      visit.inspect("outage-page");
    } finally {
      TestServers.open(SERVICE.place());
    }
    // The first connections of the pool may still be those that broke.
    Await.until(
        () -> {
          visit.link("Try again").click();
          return page.title();
        },
        title -> title.startsWith("Experiments"));
    assertThat(page.getByText("Cut off").first()).isVisible();
  }

  @Test
  void aDesignIsSimulatedFromAFormAndHeldBesideAnother(Page page) {
    Visit visit = new Visit(SERVICE, page);
    visit.open("/simulator");
    visit.inspect("simulator-empty");
    page.getByLabel("Arms", new Page.GetByLabelOptions().setExact(true)).fill("1");
    page.getByLabel("The metric today").fill("120 %");
    visit.button("Simulate").click();
    assertThat(page.locator("#w-arms-error")).containsText("Give a whole number from 2 to 20");
    visit.inspect("simulator-error");
    page.getByLabel("Arms", new Page.GetByLabelOptions().setExact(true)).fill("2");
    page.getByLabel("The metric today").fill("20 %");
    page.getByLabel("Effect of the better arm").fill("10 %");
    page.getByLabel("Units a day").fill("400");
    page.getByLabel("Days at most").fill("10");
    page.getByLabel("Minimum units per arm").fill("100");
    visit.button("Simulate").click();
    assertThat(visit.heading("Fit to start")).isVisible(PATIENTLY);
    visit.inspect("simulator");
    page.getByLabel("Allocation").selectOption("fixed");
    visit.button("Simulate").click();
    assertThat(visit.heading("Fit to start")).isVisible(PATIENTLY);
    assertThat(visit.row("10 % more")).hasCount(2);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    visit.inspect("simulator-dark");
    page.setViewportSize(360, 740);
    visit.inspect("simulator-phone");
  }

  @Test
  void aSuiteRunsAndItsReportIsRead(Page page) {
    Visit visit = new Visit(SERVICE, page);
    visit.open("/simulator");
    visit.link("Suites").click();
    assertThat(page.getByLabel("Suite (YAML)")).hasValue(Pattern.compile("name: quick"));
    visit.inspect("suites");
    page.getByLabel("Suite (YAML)").fill("name: mine\nworlds: 3");
    visit.button("Run").click();
    assertThat(page.locator("#suite-error")).containsText("worlds");
    visit.inspect("suites-error");
    page.getByLabel("Suite (YAML)")
        .fill(
            """
            name: too large for a node that decides
            replications: 1
            schedule: { days: 1, decisionsPerDay: 1 }
            worlds:
              - { name: many, means: [0.1, 0.3], visitors: { units: 9000000 } }
            policies:
              - { type: fixed }
            """);
    visit.button("Run").click();
    assertThat(page.locator("#suite-error")).containsText("at most 1,000,000 units that return");
    page.getByLabel("Suite (YAML)")
        .fill(
            """
            name: Mine & yours
            replications: 20
            schedule: { days: 3, decisionsPerDay: 100 }
            smallestEffect: 0.05
            worlds:
              - { name: a better arm, means: [0.1, 0.3] }
            policies:
              - { type: fixed }
            rules:
              - { name: "anytime, 5 %", type: anytime }
            """);
    visit.button("Run").click();
    assertThat(visit.heading("Done")).isVisible(PATIENTLY);
    visit.inspect("suite-done");
    String report = page.url() + "/report";
    APIResponse answer = page.request().get(report);
    assertThat(answer).isOK();
    assertThat(answer.headers().get("content-security-policy"))
        .contains("default-src 'none'")
        .contains("sandbox");
    assertThat(answer.text()).contains("<h1>Mine &amp; yours</h1>").doesNotContain("<script");
    visit.link("Read the report").click();
    assertThat(page).hasURL(report);
    assertThat(page).hasTitle("Mine & yours");
  }

  @Test
  void aShippedArmIsAFlagThatCanBeSwitchedOffAndOnAgain(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.draft("banner", "A banner", "Grey", "Green");
    SERVICE.client().post("/v1/experiments/banner/start").expect(200);
    SERVICE
        .client()
        .post("/v1/experiments/banner/ship", Map.of("arm", "other", "reason", "Decided"))
        .expect(200);
    visit.open("/");
    visit.link("Flags").click();
    assertThat(visit.row("A banner")).containsText("Everybody gets other.");
    assertThat(visit.row("A banner")).containsText("shipped from A banner");
    visit.inspect("flags");
    visit.link("A banner").first().click();
    assertThat(visit.row("Decided")).containsText("ship-flag");
    visit.inspect("flag");
    page.getByLabel("Reason").fill("It flickers");
    visit.button("Switch off").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Switched off");
    assertThat(visit.row("It flickers")).containsText("change-flag");
    assertThat(page.locator(".sentence")).containsText("Switched off: everybody gets other.");
    assertThat(visit.button("Switch on")).isVisible();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(390, 844);
    visit.inspect("flag-phone-dark");
    visit.open("/flags");
    visit.inspect("flags-phone-dark");
  }

  @Test
  void everythingFromADraftToAWinnerIsDoneByKeyboard(Page page) {
    Visit visit = new Visit(SERVICE, page);
    visit.open("/");
    visit.tabTo(visit.link("New experiment"));
    page.keyboard().press("Enter");
    type(visit, page.locator("#f-name"), "By hand");
    type(visit, page.locator("#f-arms-0-name"), "Old");
    type(visit, page.locator("#f-arms-1-name"), "New");
    type(visit, page.locator("#f-metric-key"), "keys.bought");
    visit.tabTo(visit.button("Save draft"));
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The draft is saved");
    visit.tabTo(visit.link("Start"));
    page.keyboard().press("Enter");
    type(visit, page.getByLabel("Reason"), "Ready");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Started");
    visit.tabTo(page.locator(".changes summary"));
    page.keyboard().press("Enter");
    visit.tabTo(visit.link("Ship an arm"));
    page.keyboard().press("Enter");
    visit.tabTo(page.getByLabel("Arm"));
    page.keyboard().type("New");
    type(visit, page.getByLabel("Reason"), "Decided");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Shipped");
    visit.open("/flags/by-hand");
    assertThat(page.locator(".sentence")).hasText("Everybody gets new.");
  }

  private static void type(Visit visit, Locator field, String text) {
    visit.tabTo(field);
    visit.page().keyboard().type(text);
  }
}
