package io.armwise.service.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Judges a page by axe. Stateless. */
public final class Accessibility {
  private static final String AXE = axe();

  /** Axe would describe every node that is right, which takes it longer than to judge them. */
  private static final String VIOLATIONS =
      """
      async () => {
        const results = await axe.run(document, { resultTypes: ["violations"] });
        return results.violations.map((rule) => `${rule.id}: ${rule.nodes[0].html}`);
      }
      """;

  private Accessibility() {}

  /** No rule of axe is broken by the page as it stands. */
  public static void assertNoFindings(Page page) {
    // Half a megabyte of script: a page that is judged in several states takes it once.
    if (!Boolean.TRUE.equals(page.evaluate("() => 'axe' in window"))) {
      page.evaluate(AXE);
    }
    assertThat((List<?>) page.evaluate(VIOLATIONS)).as("accessibility of %s", page.url()).isEmpty();
  }

  private static String axe() {
    try (InputStream script =
        Objects.requireNonNull(AxeBuilder.class.getResourceAsStream("/axe.min.js"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
