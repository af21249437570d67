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
import io.armwise.service.testing.JsonClient;
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
    assertThat(page.locator(".grounds")).containsText("simulated experiments of this design");
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
    EXPERIMENTS.harmful();
    visit.open("/experiments/harmful");
    assertThat(visit.heading("Guardrail broken")).isVisible();
    assertThat(page.locator(".sentence"))
        .containsText("Do not ship Tomorrow yet: it harms the guardrail harmful.refund");
    assertThat(page.locator(".sentence")).not().containsText("Ship Tomorrow:");
    assertThat(page.locator(".advice"))
        .containsText("Look at the guardrail first. Retire Tomorrow");
    assertThat(visit.link("Retire Tomorrow")).isVisible();
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
  void aCovariateMakesADifferenceSharperAndThePageSaysHowMuch(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.adjusted("adjusted", "Revenue");
    visit.open("/experiments/adjusted");
    assertThat(visit.heading("adjusted.revenue adjusted by revenue-before")).isVisible();
    assertThat(page.getByText(Pattern.compile("It explains [89]\\d\\s% of the noise"))).isVisible();
    assertThat(
            page.getByRole(
                    AriaRole.REGION,
                    new Page.GetByRoleOptions().setName("adjusted.revenue, adjusted, by arm"))
                .getByRole(AriaRole.ROW)
                .last())
        .containsText(
            Pattern.compile("Tomorrow.*\\+[01]\\.\\d.*\\d\\d\\s% narrower", Pattern.DOTALL));
    visit.inspect("adjusted");
  }

  @Test
  void pagesSayThatTheEventLogIsAwayAndNothingIsLost(Page page) {
    Visit visit = new Visit(SERVICE, page);
    EXPERIMENTS.draft("unheard", "Unheard", "Today", "Tomorrow");
    EXPERIMENTS.run("unheard", 120, 12, 12);
    visit.open("/experiments/unheard");
    assertThat(page.locator(".as-of")).containsText("every event counted");
    TestServers.freezeKafka();
    try {
      page.reload();
      assertThat(page.locator(".as-of")).containsText("the event log does not answer");
      assertThat(page.locator(".health")).containsText("nothing that was taken is lost");
      assertThat(page.getByText("120", new Page.GetByTextOptions().setExact(true))).hasCount(2);
      visit.inspect("log-away");
      JsonNode decision =
          SERVICE
              .client()
              .post("/v1/decisions", Map.of("experiment", "unheard", "unit", "anybody"))
              .expect(200)
              .json()
              .at("/decisions/0");
      assertThat(decision.path("arm").asText()).isIn("control", "other");
      assertThat(more().status()).isEqualTo(503);
      visit.open("/system");
      assertThat(page.getByText("senders are told to try again")).isVisible();
    } finally {
      TestServers.thawKafka();
    }
    // What was refused is sent again until it is taken, and counts once however often it got in.
    Await.until(FlowBrowserIT::more, answer -> answer.status() == 202);
    EXPERIMENTS.send("unheard", 130, 13, 13);
    visit.open("/experiments/unheard");
    assertThat(page.locator(".as-of")).containsText("every event counted");
    assertThat(page.getByText("130", new Page.GetByTextOptions().setExact(true))).hasCount(2);
  }

  private static JsonClient.Answer more() {
    return SERVICE.client().post("/v1/events", EXPERIMENTS.events("unheard", 130, 13, 130, 13));
  }

  @Test
  void aFlagIsMadeChangedAndTakesEffect(Page page) {
    Visit visit = new Visit(SERVICE, page);
    visit.open("/flags");
    visit.link("New flag").click();
    visit.inspect("flag-new");
    page.getByLabel("Name").first().fill("Search ranking");
    page.getByLabel("Share").first().fill("70 %");
    page.getByLabel("Value").first().fill("blue");
    page.getByLabel("Reason").fill("A new ranking");
    visit.button("Show what happens").last().click();
    assertThat(page.locator("#v-variants-0-value-error")).containsText("Must be JSON");
    visit.inspect("flag-error");
    page.getByLabel("Value").first().fill("true");
    visit.button("Show what happens").last().click();
    assertThat(page.locator("#v-shares-error")).containsText("Must sum to 1");
    page.getByLabel("Share").last().fill("30 %");
    page.getByLabel("Only units for which this holds").fill("country == 'DE'");
    page.getByLabel("Types of the attributes").fill("country: string");
    page.keyboard().press("Enter");
    assertThat(page.locator(".effects"))
        .containsText("Where the condition holds, 70.0\u00a0% get on, 30.0\u00a0% get off");
    visit.inspect("flag-effects");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(390, 844);
    visit.inspect("flag-effects-phone-dark");
    visit.button("Create the flag").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The flag is there");
    visit.link("Change").click();
    page.getByLabel("Only units for which this holds").fill("");
    page.getByLabel("Share").first().fill("100 %");
    page.getByLabel("Share").last().fill("");
    page.getByLabel("Reason").fill("It is better");
    visit.button("Show what happens").last().click();
    assertThat(page.locator(".effects")).containsText("Then: Everybody gets on.");
    // What is changed after it was shown is shown again before it is saved.
    page.getByLabel("Name").first().fill("Ranking");
    visit.button("Save the change").click();
    assertThat(page.locator(".effects")).containsText("Then: Everybody gets on.");
    visit.button("Save the change").click();
    assertThat(visit.row("It is better")).containsText("change-flag");
    assertThat(page.locator(".sentence")).hasText("Everybody gets on.");
    JsonNode served =
        SERVICE.client().get("/v1/flags/search-ranking").expect(200).json().path("definition");
    assertThat(served.at("/serve/variant").asText()).isEqualTo("on");
    assertThat(served.path("name").asText()).isEqualTo("Ranking");
  }

  @Test
  void aLayerAndAHoldoutAreMadeSeenAndEnded(Page page) {
    Visit visit = new Visit(SERVICE, page);
    visit.open("/layers");
    visit.inspect("layers-empty");
    visit.link("New layer").click();
    page.getByLabel("Name").fill("Checkout");
    page.getByLabel("Reason").fill("Two teams, one page");
    visit.button("Create the layer").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The layer is there");
    assertThat(page.getByText("100 % free: 0 % to 100 %.")).isVisible();
    EXPERIMENTS.inLayer("in-checkout", "checkout", 0, 2500);
    visit.link("New layer").click();
    page.getByLabel("Name").fill("Checkout");
    page.getByLabel("Reason").fill("Once more");
    visit.button("Create the layer").click();
    assertThat(page.locator("#p-key-error")).containsText("Must be new");
    visit.inspect("layer-error");
    visit.open("/layers");
    assertThat(visit.row("in-checkout")).containsText("0 % to 25 %");
    assertThat(page.getByText("75 % free: 25 % to 100 %.")).isVisible();
    visit.link("New holdout").click();
    page.getByLabel("Name").fill("Second half");
    page.getByLabel("From").fill("0 %");
    page.getByLabel("Until").fill("half");
    page.getByLabel("Reason").fill("What do all of them do together?");
    visit.button("Create the holdout").click();
    assertThat(page.locator("#p-until-error")).containsText("Must be from 0 % to 100 %");
    page.getByLabel("Until").fill("5 %");
    visit.inspect("holdout-form");
    visit.button("Create the holdout").click();
    assertThat(visit.row("Second half")).containsText("0 % to 5 %");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(390, 844);
    visit.inspect("layers-phone-dark");
    visit.link("End it: Second half").click();
    page.getByLabel("Reason").fill("Measured");
    visit.button("End the holdout").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The holdout has ended");
    assertThat(visit.link("End it: Second half")).hasCount(0);
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
