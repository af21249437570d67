package io.armwise.service.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.armwise.service.testing.Accessibility.assertNoFindings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import io.armwise.service.testing.BrowserExtension;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages as people meet them. The first test sees a service without any experiment. */
@ExtendWith(BrowserExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class DashboardBrowserIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(DashboardBrowserIT.class);
  private static final SeededExperiments EXPERIMENTS = new SeededExperiments(SERVICE.client());
  private static final String SCRIPT = "<img src=x onerror=\"document.title='hacked'\"><script>";

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  @Order(1)
  void leadsFromNothingToTheFirstExperiment(Page page) {
    page.navigate(SERVICE.address().toString());
    assertNoFindings(page);
    page.getByLabel("API key").fill("not a key");
    button(page, "Log in").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("not a valid key");
    assertNoFindings(page);
    page.getByLabel("API key").fill(SERVICE.adminKey());
    page.keyboard().press("Enter");
    assertThat(heading(page, "Create the first experiment")).isVisible();
    page.getByText("Or by the API").click();
    assertThat(page.getByLabel("Command that creates an experiment"))
        .containsText("curl " + SERVICE.address() + "/v1/experiments");
    assertNoFindings(page);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Read the API")).click();
    assertThat(page.getByText("Create an experiment as a draft")).isVisible();
  }

  @Test
  @Order(2)
  void startsADraftWithAReasonThatTheAuditTrailKeeps(Page page) {
    EXPERIMENTS.draft("draft", "A draft", "Today", "Tomorrow");
    open(page, "/experiments/draft");
    assertThat(heading(page, "Not started")).isVisible();
    assertNoFindings(page);
    link(page, "Start").click();
    assertThat(page.getByText("This cannot be undone")).isVisible();
    assertNoFindings(page);
    page.getByLabel("Reason").fill("Design reviewed");
    button(page, "Start").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Started");
    assertThat(heading(page, "Collecting")).isVisible();
    assertThat(page.getByText("No exposure has arrived yet", new Page.GetByTextOptions()))
        .isVisible();
    Locator entry =
        page.getByRole(AriaRole.ROW)
            .filter(new Locator.FilterOptions().setHasText("Design reviewed"));
    assertThat(entry).containsText("first administrator");
    assertThat(entry).containsText("start");
    page.getByText("Change", exactly()).click();
    assertThat(link(page, "Pause")).isVisible();
    assertThat(link(page, "Start")).hasCount(0);
    assertNoFindings(page);
  }

  @Test
  @Order(3)
  void showsNoFigureFromTooFewUnits(Page page) {
    EXPERIMENTS.draft("few", "Few units", "Today", "Tomorrow");
    EXPERIMENTS.run("few", 40, 10, 30);
    open(page, "/experiments/few");
    assertThat(page.getByText("collecting: 40 of 100 units")).hasCount(2);
    assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Best")))
        .hasCount(0);
    assertThat(page.locator("#live"))
        .not()
        .containsText(Pattern.compile("Probability to be best|Expected loss"));
    assertNoFindings(page);
  }

  @Test
  @Order(4)
  void namesAWinnerBeforeAnyFigure(Page page) {
    EXPERIMENTS.draft("winner", "A clear case", "Today", "Tomorrow");
    EXPERIMENTS.run("winner", 400, 40, 120);
    open(page, "/experiments/winner");
    assertThat(heading(page, "Ready to ship")).isVisible();
    assertThat(page.getByText("Ship Tomorrow: it is better than every other arm")).isVisible();
    assertThat(link(page, "Ship Tomorrow"))
        .hasAttribute("href", "/experiments/winner/do/ship?arm=other");
    assertThat(page.getByText("Ship it here: everybody gets this arm, callers change nothing"))
        .isVisible();
    Locator winner =
        page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Arms"))
            .getByRole(AriaRole.ROW)
            .filter(new Locator.FilterOptions().setHasText("ahead"));
    assertThat(winner).containsText("Tomorrow");
    assertThat(winner).containsText(Pattern.compile("30\\.\\d\\s%"));
    assertThat(winner).containsText(Pattern.compile(">\\s99\\.9\\s%"));
    assertThat(page.getByText("It is not a p-value")).hasCount(1);
    page.getByText("As a table", new Page.GetByTextOptions().setExact(true)).first().click();
    assertThat(
            page.getByRole(
                AriaRole.TABLE,
                new Page.GetByRoleOptions().setName("Mean and interval of each arm")))
        .isVisible();
    page.locator("#chart-shares ~ details summary").click();
    assertThat(
            page.getByRole(
                AriaRole.TABLE, new Page.GetByRoleOptions().setName("Allocation versions")))
        .containsText("Start");
    assertNoFindings(page);
    assertThat(heading(page, "probably lies")).isVisible();
    assertThat(heading(page, "Shares of traffic")).isVisible();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertNoFindings(page);
    for (String path :
        List.of("/system", "/experiments/winner/share", "/experiments/winner/tables/shares")) {
      open(page, path);
      assertNoFindings(page);
    }
    for (String chart : List.of("density", "shares")) {
      APIResponse picture =
          page.request().get(SERVICE.address() + "/experiments/winner/" + chart + ".svg");
      assertThat(picture.headers()).containsEntry("content-type", "image/svg+xml; charset=utf-8");
      Object drawn =
          page.evaluate(
              "text => new DOMParser().parseFromString(text, 'image/svg+xml')"
                  + ".querySelectorAll('parsererror').length",
              picture.text());
      assertThat(drawn).as("errors in %s", chart).isEqualTo(0);
    }
  }

  @Test
  @Order(5)
  void saysWhyAUnitGetsItsArm(Page page) {
    open(page, "/experiments/winner");
    link(page, "Why this arm?").click();
    assertNoFindings(page);
    page.getByLabel("Unit").fill("somebody");
    button(page, "Explain").click();
    String arm =
        SERVICE
            .client()
            .post("/v1/decisions", Map.of("experiment", "winner", "unit", "somebody"))
            .expect(200)
            .json()
            .path("decisions")
            .path(0)
            .path("name")
            .asText();
    assertThat(heading(page, arm)).isVisible();
    assertThat(page.getByText("Reason: allocated.")).isVisible();
    assertNoFindings(page);
    page.getByLabel("Time in UTC").fill("2001-01-01T00:00");
    button(page, "Explain").click();
    assertThat(page.getByText("had no allocation at that time")).isVisible();
    assertThat(page.getByLabel("Unit")).hasValue("somebody");
  }

  @Test
  @Order(5)
  void savesAChartAsAPictureOfPixels(Page page) throws IOException {
    open(page, "/experiments/winner");
    Download download =
        page.waitForDownload(() -> button(page, "PNG of this chart").first().click());
    assertThat(download.suggestedFilename()).isEqualTo("winner-density.png");
    assertThat(page.request().get(SERVICE.address() + "/experiments/winner/density.svg")).isOK();
    assertThat(Files.size(download.path())).isGreaterThan(5_000);
  }

  @Test
  @Order(5)
  void saysTheValuesOfAChartWhereSomebodyPoints(Page page) {
    open(page, "/experiments/winner");
    Locator values = page.locator(".reading-box");
    assertThat(values).isHidden();
    page.locator("#chart-shares").hover();
    assertThat(values).containsText(Pattern.compile("\\d\\d [A-Z][a-z]+, \\d\\d:\\d\\d UTC"));
    assertThat(values).containsText(Pattern.compile("Today\\d+\\.\\d\\s%.*Tomorrow\\d+\\.\\d\\s%"));
    assertNoFindings(page);
    page.keyboard().press("Escape");
    assertThat(values).isHidden();
  }

  @Test
  @Order(5)
  void saysInADensityHowProbablyEachArmLiesAboveAValue(Page page) {
    open(page, "/experiments/winner");
    page.locator("#chart-density").hover();
    Locator values = page.locator(".reading-box");
    assertThat(values)
        .containsText(Pattern.compile("Probability that the true value is above \\d+\\.\\d+\\s%"));
    // The arms lie on either side of the middle: about 10 % and 30 %.
    assertThat(values).containsText(Pattern.compile("Tomorrow>?\\s?9\\d\\.\\d\\s%"));
    assertThat(values).containsText(Pattern.compile("Today<?\\s?\\d\\.\\d\\s%"));
    assertNoFindings(page);
  }

  @Test
  @Order(5)
  void readsEveryChartByKeyboard(Page page) {
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    open(page, "/experiments/winner");
    assertThat(page.locator("svg.plot").first()).isVisible();
    assertThat(page.locator("svg.plot:not([role=slider])")).hasCount(0);
    assertThat(
            page.getByRole(
                AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Posterior density")))
        .hasAttribute(
            "aria-valuetext", Pattern.compile("true value is above.*Tomorrow .*Today .*%"));
    Locator shares = page.locator("#chart-shares");
    Locator values = page.locator(".reading-box");
    new Visit(SERVICE, page).tabTo(shares);
    assertThat(values).containsText("Tomorrow");
    assertThat(shares).hasAttribute("aria-valuenow", "1000");
    page.keyboard().press("Home");
    assertThat(shares).hasAttribute("aria-valuenow", "0");
    assertThat(shares).hasAttribute("aria-valuetext", Pattern.compile("Today 50.0\\s%"));
    assertThat(values).containsText(Pattern.compile("Today50.0\\s%"));
    page.keyboard().press("ArrowRight");
    assertThat(shares).not().hasAttribute("aria-valuenow", "0");
    page.keyboard().press("Escape");
    assertThat(values).isHidden();
    page.keyboard().press("End");
    assertThat(values).isVisible();
    // The page follows the evidence, and the chart that is read stays one that can be read.
    EXPERIMENTS.send("winner", 401, 40, 120);
    assertThat(page.locator(".units-cell").first()).containsText("401");
    assertThat(shares).isFocused();
    assertThat(shares).hasAttribute("role", "slider");
    assertThat(values).isVisible();
    assertNoFindings(page);
    page.keyboard().press("Tab");
    assertThat(values).isHidden();
  }

  @Test
  @Order(6)
  void refreshesItselfWithoutTakingTheFocus(Page page) {
    EXPERIMENTS.draft("live", "Live", "Today", "Tomorrow");
    open(page, "/experiments/live");
    assertThat(button(page, "Pause updates")).hasCount(0);
    EXPERIMENTS.run("live", 30, 3, 3);
    page.reload();
    page.getByText("As a table, with every version's reason").click();
    Locator tools = page.getByText("Export", exactly());
    tools.focus();
    String before = Objects.requireNonNull(page.locator(".as-of time").textContent());
    EXPERIMENTS.send("live", 31, 3, 3);
    assertThat(page.locator(".as-of time")).not().hasText(before);
    assertThat(page.getByText("collecting: 31 of 100 units")).hasCount(2);
    assertThat(tools).isFocused();
    assertThat(page.getByLabel("Allocation versions", new Page.GetByLabelOptions().setExact(true)))
        .isVisible();
    // Charts that appear before the one that is read leave it alone.
    Locator shares = page.locator("#chart-shares");
    shares.focus();
    assertThat(page.locator("#chart-density")).hasCount(0);
    EXPERIMENTS.send("live", 120, 10, 12);
    assertThat(page.locator("#chart-density")).isVisible();
    assertThat(shares).isFocused();
    button(page, "Pause updates").click();
    assertThat(button(page, "Resume updates")).isFocused();
  }

  @Test
  @Order(7)
  void showsHostileNamesAsText(Page page) {
    EXPERIMENTS.draft("hostile", SCRIPT, SCRIPT + "control", "\"'>" + SCRIPT);
    EXPERIMENTS.run("hostile", 120, 30, 30);
    List<String> complaints = new ArrayList<>();
    page.onDialog(dialog -> complaints.add(dialog.message()));
    open(page, "/experiments/hostile");
    assertThat(heading(page, SCRIPT)).isVisible();
    assertThat(page).hasTitle(SCRIPT + " · Armwise");
    assertThat(page.locator("img")).hasCount(0);
    assertNoFindings(page);
    page.navigate(SERVICE.address() + "/?q=hostile");
    assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(SCRIPT)))
        .isVisible();
    assertThat(page.locator("img")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  @Order(8)
  void listsFiltersAndOrders(Page page) {
    open(page, "/");
    assertNoFindings(page);
    page.getByLabel("Search").fill("clear case");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(1);
    assertThat(page.getByRole(AriaRole.LISTITEM)).containsText("Ready to ship");
    assertThat(page.getByLabel("Search")).hasValue("clear case");
    page.getByLabel("Search").fill("");
    page.getByLabel("Order").selectOption("name");
    button(page, "Show").click();
    assertThat(page.getByRole(AriaRole.LISTITEM).nth(1)).containsText("A clear case");
    page.getByLabel("Status").selectOption("to-decide");
    page.getByLabel("Order").selectOption("decision");
    button(page, "Show").click();
    assertThat(page.getByRole(AriaRole.LISTITEM)).containsText("A clear case");
    page.getByLabel("Status").selectOption("archived");
    button(page, "Show").click();
    assertThat(page.getByText("No experiment matches")).isVisible();
    assertNoFindings(page);
  }

  @Test
  @Order(9)
  void fitsAPhone(Page page) {
    page.setViewportSize(360, 740);
    for (String path :
        List.of(
            "/", "/experiments/winner", "/experiments/few", "/experiments/hostile", "/system")) {
      open(page, path);
      assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
          .isEqualTo(0);
      assertNoFindings(page);
    }
    open(page, "/experiments/few");
    BoundingBox units = page.locator(".units-cell .figure").first().boundingBox();
    BoundingBox share = page.locator(".share-cell .figure").first().boundingBox();
    assertThat(units.x + units.width).isLessThan(share.x);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".tools")).isHidden();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    open(page, "/experiments/winner");
    // The table keeps its roles where it is laid out as cards.
    assertThat(
            page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Arms"))
                .getByRole(AriaRole.ROW))
        .hasCount(3);
  }

  @Test
  @Order(10)
  void worksByKeyboardAlone(Page page) {
    open(page, "/?q=clear");
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to content")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
    Locator link =
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("A clear case"));
    for (int i = 0; i < 6; i++) {
      page.keyboard().press("Tab");
    }
    assertThat(link).isFocused();
    page.keyboard().press("Enter");
    assertThat(heading(page, "A clear case")).isVisible();
  }

  @Test
  @Order(11)
  void worksWithoutScripts(Page page) {
    page.route("**/*.js", route -> route.abort());
    open(page, "/experiments/winner");
    assertThat(heading(page, "Ready to ship")).isVisible();
    page.getByText("Change", exactly()).click();
    link(page, "Stop").click();
    page.getByLabel("Reason").fill("Decided");
    button(page, "Stop").click();
    assertThat(page.getByText("Decisions are refused now, so callers use their own default"))
        .isVisible();
  }

  private static void open(Page page, String path) {
    new Visit(SERVICE, page).open(path);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }
}
