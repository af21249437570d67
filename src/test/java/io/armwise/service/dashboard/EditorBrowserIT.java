package io.armwise.service.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.armwise.service.testing.Accessibility.assertNoFindings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.armwise.service.snapshot.Snapshots;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.BrowserExtension;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The form and the actions as a product manager meets them. */
@ExtendWith(BrowserExtension.class)
class EditorBrowserIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(EditorBrowserIT.class);
  private static final SeededExperiments EXPERIMENTS = new SeededExperiments(SERVICE.client());

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void writesADraftWhileItSaysWhatTheDesignTakes(Page page) {
    open(page, "/new");
    assertNoFindings(page);
    field(page, "Name").first().fill("Free shipping");
    arm(page, 1).getByLabel("Name").fill("Paid");
    arm(page, 2).getByLabel("Name").fill("Free above 50");
    button(page, "Add an arm").click();
    assertThat(arm(page, 3).getByLabel("Name")).isFocused();
    page.keyboard().type("Free");
    page.getByLabel("Key of the metric").fill("purchase");
    page.getByLabel("The metric today").fill("5 %");
    page.getByLabel("Units a day").fill("3,000");
    // R: power.prop.test(p1 = .05, p2 = .06, power = .8) asks for 8158 per arm.
    assertThat(page.locator("#plan"))
        .containsText("8,158 units per arm, 24,474 in all: 9\u00a0days");
    page.getByLabel("Share of all units").fill("150 %");
    page.keyboard().press("Tab");
    assertThat(page.locator("#f-trafficShare-error")).containsText("at most 100\u00a0%");
    assertNoFindings(page);
    page.getByLabel("Share of all units").fill("50 %");
    assertThat(page.locator("#plan")).containsText("17\u00a0days");
    assertThat(page.locator("#f-trafficShare-error")).hasText("");
    assertNoFindings(page);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertNoFindings(page);
    button(page, "Save draft").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The draft is saved");
    JsonNode saved = SERVICE.client().get("/v1/experiments/free-shipping").expect(200).json();
    assertThat(saved.path("definition").path("arms")).hasSize(3);
    assertThat(saved.path("definition").path("arms").path(2).path("key").asText())
        .isEqualTo("free");
    assertThat(saved.path("definition").path("trafficShare").asDouble()).isEqualTo(0.5);
    assertThat(saved.path("definition").path("metric").path("smallestEffect").asDouble())
        .isEqualTo(0.01);
  }

  /** The remark that leaving the field brings makes room for itself above the button. */
  @Test
  void doesNotMoveAButtonAwayWhileItIsPressed(Page page) {
    open(page, "/new");
    field(page, "Name").first().fill("Held");
    assertThat(page.locator("#plan [data-field='f-metric-key']")).hasCount(1);
    page.getByLabel("Key of the metric").focus();
    Locator add = button(page, "Add a metric");
    add.scrollIntoViewIfNeeded();
    BoundingBox before = add.boundingBox();
    page.mouse().move(before.x + before.width / 2, before.y + 2);
    page.mouse().down();
    assertThat(page.locator("#f-metric-key-error")).hasText("");
    assertThat(add.boundingBox().y).isEqualTo(before.y);
    page.mouse().up();
    assertThat(page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("Metric 1")))
        .isVisible();
  }

  @Test
  void asksWhoTakesPartAndWhatElseToWatchAndSaysWhereAConditionIsWrong(Page page) {
    SERVICE.client().post("/v1/layers", Map.of("key", "checkout", "name", "Checkout")).expect(201);
    open(page, "/new");
    field(page, "Name").first().fill("Some units");
    arm(page, 1).getByLabel("Name").fill("Today");
    arm(page, 2).getByLabel("Name").fill("Tomorrow");
    page.getByLabel("Key of the metric").fill("purchase");
    button(page, "Add a metric").click();
    Locator metric =
        page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("Metric 1"));
    assertThat(metric.getByLabel("Key")).isFocused();
    page.keyboard().type("refund");
    assertThat(metric.getByLabel("Divided by outcomes")).isHidden();
    metric.getByLabel("Kind").selectOption("ratio");
    metric.getByLabel("Divided by outcomes").fill("order");
    metric.getByLabel("Change that matters").fill("0.5");
    page.getByText("Only some units (condition, layer)").click();
    page.getByLabel("Only units for which this holds").fill("country == 'DE' && age >= 18");
    page.getByLabel("Types of the attributes").fill("country: string");
    assertThat(page.locator("#f-participation-targeting-expression-error"))
        .containsText("Has an error at line 1, column 20: undeclared reference to 'age'");
    assertNoFindings(page);
    page.getByLabel("Types of the attributes").fill("country: string, age: int");
    assertThat(page.locator("#f-participation-targeting-expression-error")).hasText("");
    page.getByLabel("Layer", new Page.GetByLabelOptions().setExact(true)).selectOption("checkout");
    page.getByLabel("Until").fill("25 %");
    button(page, "Save draft").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The draft is saved");
    assertThat(page.locator(".settings")).containsText("checkout, 0.00\u00a0% to 25.00\u00a0%");
    JsonNode saved = definition("some-units");
    assertThat(saved.at("/participation/layer/until").asInt()).isEqualTo(2_500);
    assertThat(saved.at("/participation/targeting/attributes/age").asText()).isEqualTo("int");
    assertThat(saved.at("/metrics/0/role").asText()).isEqualTo("guardrail");
    assertThat(saved.at("/metrics/0/denominator/outcome").asText()).isEqualTo("order");
  }

  @Test
  void simulatesADraftBesideItsForm(Page page) {
    EXPERIMENTS.draft("rehearsed", "Rehearsed", "Today", "Tomorrow");
    open(page, "/experiments/rehearsed/edit");
    button(page, "Save and simulate").click();
    assertThat(page.locator("#f-plan-baseline-error")).containsText("Give a percentage");
    page.getByLabel("The metric today").fill("10 %");
    page.getByLabel("Units a day").fill("300");
    page.getByLabel("Days at most").fill("7");
    button(page, "Save and simulate").click();
    Locator result = page.locator("#certificate");
    assertThat(result)
        .containsText(
            "If no arm is better", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    assertThat(page.getByLabel("Units a day")).hasValue("300");
    assertNoFindings(page);
    page.getByLabel("Minimum units per arm").fill("150");
    assertThat(result).containsText("Of an earlier design");
    assertThat(result).not().containsText("If no arm is better");
  }

  @Test
  void keepsAnUnsavedFormOnTheDevice(Page page) {
    open(page, "/new");
    field(page, "Name").first().fill("Half a thought");
    page.navigate(SERVICE.address() + "/");
    page.navigate(SERVICE.address() + "/new");
    assertThat(field(page, "Name").first()).hasValue("");
    button(page, "Go on with it").click();
    assertThat(field(page, "Name").first()).hasValue("Half a thought");
  }

  @Test
  void worksWithoutScriptsAndSaysWhatIsWrongBesideTheField(Page page) {
    page.route("**/*.js", route -> route.abort());
    open(page, "/new");
    field(page, "Name").first().fill("No scripts");
    arm(page, 1).getByLabel("Name").fill("A");
    arm(page, 2).getByLabel("Name").fill("B");
    page.getByLabel("Smallest change that matters").fill("a lot");
    button(page, "Save draft").click();
    assertThat(page.locator("#f-metric-smallestEffect-error"))
        .containsText("Must be a number; this is a lot.");
    assertThat(page.locator("#f-metric-key-error")).containsText("Is required");
    assertNoFindings(page);
    page.getByLabel("Smallest change that matters").fill("2 %");
    page.getByLabel("Key of the metric").fill("purchase");
    page.keyboard().press("Enter");
    assertThat(page.locator("#f-metric-key-error")).hasText("");
    button(page, "Save draft").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The draft is saved");
  }

  @Test
  void copiesAnExperiment(Page page) {
    EXPERIMENTS.draft("original", "An original", "Today", "Tomorrow");
    open(page, "/experiments/original/copy");
    assertThat(field(page, "Name").first()).hasValue("Copy of An original");
    assertThat(arm(page, 2).getByLabel("Name")).hasValue("Tomorrow");
    button(page, "Save draft").click();
    assertThat(page).hasURL(Pattern.compile("/experiments/copy-of-an-original"));
    JsonNode copy = definition("copy-of-an-original");
    JsonNode original = definition("original");
    for (String part : List.of("arms", "metric", "allocation", "decisionRule")) {
      assertThat(copy.path(part)).isEqualTo(original.path(part));
    }
  }

  @Test
  void leavesADraftAsItWasWhenNothingIsTyped(Page page) {
    EXPERIMENTS.draft("untouched", "Untouched", "Today", "Tomorrow");
    JsonNode before = definition("untouched");
    open(page, "/experiments/untouched/edit");
    button(page, "Save draft").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The change is saved");
    assertThat(definition("untouched")).isEqualTo(before);
  }

  @Test
  void changesOnlyWhatMayChangeOnceStartedAndAsksWhy(Page page) {
    EXPERIMENTS.draft("started", "Started", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/started/start").expect(200);
    open(page, "/experiments/started/edit");
    assertThat(page.getByLabel("Key of the metric")).isDisabled();
    assertNoFindings(page);
    page.getByLabel("Minimum days").fill("14");
    button(page, "Save the change").click();
    assertThat(page.locator("#f-reason-error")).containsText("Must have 1 to 500 characters");
    page.getByLabel("Reason").fill("Two weekends");
    button(page, "Save the change").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The change is saved");
    assertThat(definition("started").path("decisionRule").path("minimumDays").asInt())
        .isEqualTo(14);
    assertThat(page.getByRole(AriaRole.ROW).filter(having("Two weekends")))
        .containsText("first administrator");
  }

  @Test
  void refusesAChangeOfWhatSomebodyElseHasChanged(Page page) {
    EXPERIMENTS.draft("contested", "Contested", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/contested/start").expect(200);
    open(page, "/experiments/contested/do/pause");
    SERVICE.client().post("/v1/experiments/contested/pause").expect(200);
    SERVICE.client().post("/v1/experiments/contested/resume").expect(200);
    page.getByLabel("Reason").fill("Late");
    button(page, "Pause").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nothing was changed");
    assertNoFindings(page);
  }

  @Test
  void stopsAllAtOnceInAnEmergencyWhateverHasChangedSinceThePageWasOpened(Page page) {
    EXPERIMENTS.draft("burning", "Burning", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/burning/start").expect(200);
    open(page, "/experiments/burning/do/kill");
    assertThat(page.getByRole(AriaRole.MAIN)).containsText("You can undo this at any time");
    assertNoFindings(page);
    SERVICE.client().post("/v1/experiments/burning/pause").expect(200);
    SERVICE.client().post("/v1/experiments/burning/resume").expect(200);
    page.getByLabel("Reason").fill("Checkout fails");
    button(page, "Emergency stop").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("everybody gets the control");
    assertThat(page.getByRole(AriaRole.MAIN))
        .containsText("Everybody gets Today, the control, because of an emergency stop");
    assertNoFindings(page);
    awaitReason("burning", "fallback");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("End the emergency stop"))
        .first()
        .click();
    page.getByLabel("Reason").fill("Checkout works");
    button(page, "End the emergency stop").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("arms are assigned again");
    awaitReason("burning", "allocated");
  }

  @Test
  void addsAnArmGivesMoreTrafficAndRetiresTheArm(Page page) {
    EXPERIMENTS.draft("busy", "Busy", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/busy/start").expect(200);
    open(page, "/experiments/busy/do/add-arm");
    assertNoFindings(page);
    page.getByLabel("Name").fill("Next week");
    page.getByLabel("Reason").fill("A third idea");
    button(page, "Add an arm").click();
    assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Arms")))
        .containsText("Next week");
    open(page, "/experiments/busy/do/traffic");
    page.getByLabel("New share of all units").fill("30 %");
    page.getByLabel("Reason").fill("Less");
    button(page, "Change traffic").click();
    assertThat(page.locator("#a-trafficShare-error")).containsText("may only grow");
    open(page, "/experiments/busy/do/retire-arm?arm=next-week");
    assertThat(page.getByLabel("Arm")).hasValue("next-week");
    assertNoFindings(page);
    page.getByLabel("Reason").fill("It was slow");
    button(page, "Retire an arm").click();
    assertThat(page.getByRole(AriaRole.ROW).filter(having("Next week")).first())
        .containsText("retired");
    assertThat(page.getByRole(AriaRole.ROW).filter(having("It was slow"))).hasCount(1);
  }

  @Test
  void shipsAnArmToEverybodyUnderTheExperimentsKey(Page page) {
    EXPERIMENTS.draft("winner", "Winner", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/winner/start").expect(200);
    open(page, "/experiments/winner/do/ship");
    assertThat(page.locator("main")).containsText("callers change nothing");
    assertNoFindings(page);
    assertThat(page.getByLabel("Arm")).hasValue("");
    page.getByLabel("Arm").selectOption("other");
    page.getByLabel("Reason").fill("It won");
    button(page, "Ship an arm").click();
    assertThat(page.locator("main")).containsText("everybody gets this arm now");
    assertThat(definition("winner").path("key").asText()).isEqualTo("winner");
    SERVICE.context().getBean(Snapshots.class).refresh();
    JsonNode decision = decision("winner");
    assertThat(decision.path("arm").asText()).isEqualTo("other");
    assertThat(decision.path("reason").asText()).isEqualTo("static");
  }

  private static JsonNode decision(String experiment) {
    return SERVICE
        .client()
        .post("/v1/decisions", Map.of("experiment", experiment, "unit", "anybody"))
        .expect(200)
        .json()
        .at("/decisions/0");
  }

  private static void awaitReason(String experiment, String reason) {
    Await.until(() -> decision(experiment).path("reason").asText(), found -> found.equals(reason));
  }

  @Test
  void fitsAPhone(Page page) {
    EXPERIMENTS.draft("narrow", "Narrow", "Today", "Tomorrow");
    page.setViewportSize(360, 740);
    for (String path :
        List.of("/new", "/experiments/narrow/edit", "/experiments/narrow/do/start")) {
      open(page, path);
      assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
          .isEqualTo(0);
      assertNoFindings(page);
    }
  }

  private static JsonNode definition(String key) {
    return SERVICE.client().get("/v1/experiments/" + key).expect(200).json().path("definition");
  }

  private static void open(Page page, String path) {
    new Visit(SERVICE, page).open(path);
  }

  private static Locator arm(Page page, int number) {
    return page.getByRole(
        AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("Arm " + number).setExact(true));
  }

  private static Locator field(Page page, String label) {
    return page.getByRole(
        AriaRole.TEXTBOX,
        new Page.GetByRoleOptions().setName(Pattern.compile("^" + label + "( required)?$")));
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
