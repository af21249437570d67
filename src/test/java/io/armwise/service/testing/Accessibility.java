package io.armwise.service.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.ResultType;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** Judges a page by axe. Stateless. */
public final class Accessibility {
  private Accessibility() {}

  /** No rule of axe is broken by the page as it stands. */
  public static void assertNoFindings(Page page) {
    // Our pages have no frames; the other mode opens a page of its own for each analysis.
    List<Rule> findings =
        new AxeBuilder(page)
            .options(violationsOnly())
            .setLegacyMode(true)
            .analyze()
            .getViolations();
    assertThat(findings)
        .as("accessibility of %s", page.url())
        .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
        .isEmpty();
  }

  /** Axe would describe every node that is right, which takes it longer than to judge them. */
  private static AxeRunOptions violationsOnly() {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of(ResultType.Violations.getKey()));
    return options;
  }
}
