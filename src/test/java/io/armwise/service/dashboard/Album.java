package io.armwise.service.dashboard;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Pictures of pages, in {@code target/pictures}. */
record Album(Page page) {
  private static final List<Integer> WIDTHS = List.of(390, 1024, 1600);

  /**
   * Takes each page at three widths in both themes.
   *
   * @param paths by the names of the pictures
   * @param open leads to a path
   */
  void takeAll(Map<String, String> paths, Consumer<String> open) {
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      for (int width : WIDTHS) {
        page.setViewportSize(width, 900);
        paths.forEach(
            (name, path) -> {
              open.accept(path);
              take(name + "-" + width + "-" + theme.name().toLowerCase(Locale.ROOT));
            });
      }
    }
  }

  /** Takes the page as it is, and says if it is too wide. */
  void take(String file) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "pictures", file + ".png"))
            .setFullPage(true));
    int over = (int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    if (over > 0) {
      System.out.println(file + " is " + over + " pixels too wide");
    }
  }
}
