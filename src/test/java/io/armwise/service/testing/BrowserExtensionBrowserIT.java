package io.armwise.service.testing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserExtension.class)
class BrowserExtensionBrowserIT {
  private static HttpServer server;

  @BeforeAll
  static void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page =
        """
        <!doctype html><title>Test</title>
        <button onclick="document.cookie = 'pressed=yes'; this.textContent = 'Pressed'">Press</button>
        """
            .getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void runsScriptsOfAPageOnThisMachine(Page page) {
    page.navigate("http://127.0.0.1:" + server.getAddress().getPort());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Press")).click();
    assertThat(page.getByRole(AriaRole.BUTTON)).hasText("Pressed");
    assertThat(page.context().cookies()).hasSize(1);
  }

  @Test
  void startsEachTestWithoutCookies(Page page) {
    page.navigate("http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(page.context().cookies()).isEmpty();
  }

  @Test
  void reachesNothingOutsideThisMachine(Page page) {
    assertThatThrownBy(() -> page.navigate("http://192.0.2.1/"))
        .isInstanceOf(PlaywrightException.class)
        .hasMessageContaining("ERR_NAME_NOT_RESOLVED");
  }

  @Test
  void findsAPictureWithoutWords(Page page) {
    page.setContent("<html lang='en'><title>A</title><main><h1>A</h1><img src='data:,'></main>");
    assertThatThrownBy(() -> Accessibility.assertNoFindings(page))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("image-alt: <img");
    page.setContent("<html lang='en'><title>A</title><main><h1>A</h1></main>");
    Accessibility.assertNoFindings(page);
  }
}
