package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.armwise.service.testing.Accessibility;
import io.armwise.service.testing.ServiceUnderTest;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A person with a browser at a service, logged in as its first administrator. */
record Visit(ServiceUnderTest service, Page page) {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int LONGEST_WAY = 90;

  /** Opens a page, logged in; the form for that has a test of its own. */
  void open(String path) {
    if (page.context().cookies().isEmpty()) {
      page.context().addCookies(List.of(session()));
    }
    page.navigate(service.address() + path);
  }

  private Cookie session() {
    HttpRequest login =
        HttpRequest.newBuilder(service.address().resolve("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "key=" + URLEncoder.encode(service.adminKey(), StandardCharsets.UTF_8)))
            .build();
    String[] cookie =
        HttpClient.newHttpClient()
            .sendAsync(login, HttpResponse.BodyHandlers.discarding())
            .join()
            .headers()
            .firstValue("set-cookie")
            .orElseThrow()
            .split("[=;]", 3);
    return new Cookie(cookie[0], cookie[1]).setUrl(service.address().toString());
  }

  /** Goes on with the tabulator until {@code target} has the focus. */
  void tabTo(Locator target) {
    for (int stop = 0; stop < LONGEST_WAY; stop++) {
      if (Boolean.TRUE.equals(target.evaluate("field => field === document.activeElement"))) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError(LONGEST_WAY + " stops do not lead to " + target);
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
    Accessibility.assertNoFindings(page);
  }
}
