package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.armwise.service.testing.ServiceUnderTest;
import java.nio.file.Path;
import java.util.List;

/** A person with a browser at a service, logged in as its first administrator. */
record Visit(ServiceUnderTest service, Page page) {
  private static final Path PICTURES = Path.of("target", "screenshots");

  void open(String path) {
    page.navigate(service.address() + path);
    if (page.url().contains("/login")) {
      page.getByLabel("API key").fill(service.adminKey());
      button("Log in").click();
      page.navigate(service.address() + path);
    }
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  Locator row(String text) {
    return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  /** Accessible, no wider than the window, and kept as a picture. */
  void inspect(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        .as("overflow of %s", name)
        .isEqualTo(0);
    List<Rule> findings = new AxeBuilder(page).analyze().getViolations();
    assertThat(findings)
        .as("accessibility of %s, %s", name, page.url())
        .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
        .isEmpty();
  }
}
