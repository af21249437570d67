package io.armwise.service.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test method a {@link Page} of a real Chromium: {@code void shows(Page page)}.
 *
 * <p>One browser for all test classes, one fresh context (cookies, storage) per test. Nothing
 * outside this machine can be reached. When a test fails, its trace is kept in {@code
 * target/traces}.
 */
public final class BrowserExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(BrowserExtension.class);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Assertions wait as long for what is to come; a busy machine takes its time. */
  private static final double PATIENCE_MS = 20_000;

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;

  /** Playwright's objects belong to the thread that made them: the one that runs all tests. */
  private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
    static Chromium launch() {
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable())
                      // Containers run as root without namespaces, where the sandbox cannot start.
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-background-networking",
                              "--disable-sync",
                              // The browser's own wall: no request has to pass through this JVM.
                              "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE"
                                  + " localhost"))));
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Page.class;
  }

  @Override
  public Page resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Chromium chromium =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
    BrowserContext browserContext =
        chromium.browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
    browserContext
        .tracing()
        // Snapshots of the page tell all; frames of a film would take a core of a small machine.
        .start(new Tracing.StartOptions().setSnapshots(true));
    context.getStore(NAMESPACE).put(BrowserContext.class, browserContext);
    return browserContext.newPage();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    @Nullable BrowserContext browserContext =
        context.getStore(NAMESPACE).get(BrowserContext.class, BrowserContext.class);
    if (browserContext == null) {
      return;
    }
    if (context.getExecutionException().isPresent()) {
      String name =
          context.getRequiredTestClass().getSimpleName()
              + "."
              + context.getRequiredTestMethod().getName();
      browserContext
          .tracing()
          .stop(new Tracing.StopOptions().setPath(Path.of("target", "traces", name + ".zip")));
    }
    browserContext.close();
  }

  private static Path executable() {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    String.format(
                        Locale.ROOT,
                        "The browser tests need Chromium: none of %s is on the PATH. Install it,"
                            + " for example with: apt-get install chromium",
                        NAMES)));
  }
}
