package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.ServiceUnderTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(DashboardIT.class);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @BeforeAll
  static void seed() {
    new SeededExperiments(SERVICE.client()).draft("page", "A page", "Today", "=cmd|'calc'!A1");
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void logsInWithACookieThatScriptsCannotReadAndOtherSitesCannotSend() throws Exception {
    HttpResponse<String> answer =
        submit("/login", "", Map.of("key", SERVICE.adminKey(), "next", "/experiments/page"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("/experiments/page");
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow().toLowerCase(Locale.ROOT))
        .contains("httponly")
        .contains("samesite=lax")
        .contains("path=/")
        .doesNotContain("secure");
    HttpResponse<String> behindTls =
        submit("/login", "", Map.of("key", SERVICE.adminKey()), "X-Forwarded-Proto", "https");
    assertThat(behindTls.headers().firstValue("set-cookie").orElseThrow().toLowerCase(Locale.ROOT))
        .contains("secure");
  }

  @Test
  void refusesAWrongKeyWithAMessage() throws Exception {
    HttpResponse<String> answer = submit("/login", "", Map.of("key", "wrong"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("That is not a valid key").doesNotContain("wrong\"");
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
  }

  @Test
  void refusesAKeyThatMayNotRead() throws Exception {
    HttpResponse<String> answer = submit("/login", "", Map.of("key", SERVICE.newKey(Role.SERVE)));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("may not read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example/"})
  void neverRedirectsToAnotherSite(String next) throws Exception {
    HttpResponse<String> answer =
        submit("/login", "", Map.of("key", SERVICE.adminKey(), "next", next));
    assertThat(answer.headers().firstValue("location")).hasValue("/");
  }

  @Test
  void sendsThoseWhoAreNotLoggedInToTheForm() throws Exception {
    HttpResponse<String> answer = get("/experiments/page", "");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location"))
        .hasValue("/login?next=%2Fexperiments%2Fpage");
  }

  @Test
  void tellsPeopleOnAPageWhatIsNotThereAndWhatIsNotForThem() throws Exception {
    HttpResponse<String> misspelt = get("/experimnets/page", login(SERVICE.adminKey()));
    assertThat(misspelt.statusCode()).isEqualTo(404);
    assertThat(misspelt.body()).startsWith("<!doctype html>").contains("There is no such page");
    HttpResponse<String> system = get("/system", login(SERVICE.newKey(Role.READ)));
    assertThat(system.statusCode()).isEqualTo(403);
    assertThat(system.body()).contains("This is not for you").contains("the role");
    for (HttpResponse<String> page : List.of(misspelt, system)) {
      assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
      assertThat(page.headers().firstValue("cache-control")).hasValue("private, no-store");
      assertThat(page.headers().firstValue("content-security-policy"))
          .hasValue(SecurityHeaders.STRICT);
    }
    // Programs are told in their own words, whatever they accept.
    HttpResponse<String> program = get("/v1/experimnets", login(SERVICE.adminKey()));
    assertThat(program.headers().firstValue("content-type")).hasValue("application/problem+json");
  }

  @Test
  void endsTheSession() throws Exception {
    HttpResponse<String> answer =
        submit("/logout", login(SERVICE.adminKey()), Map.of(), "Sec-Fetch-Site", "same-origin");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow()).contains("Max-Age=0");
  }

  @ParameterizedTest
  @CsvSource({
    "/login",
    "/",
    "/experiments/page",
    "/experiments/page/certificate",
    "/simulator",
    "/flags",
    "/new/flag",
    "/layers",
    "/layers/new",
    "/holdouts/new",
    "/experiments/page/tables/best",
    "/experiments/none",
    "/new",
    "/experiments/page/edit",
    "/experiments/page/copy",
    "/experiments/page/do/start"
  })
  void allowsNothingInlineAndNoFrames(String path) throws Exception {
    HttpResponse<String> answer = get(path, login(SERVICE.adminKey()));
    assertThat(answer.headers().allValues("content-security-policy"))
        .containsExactly(SecurityHeaders.STRICT);
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("referrer-policy")).hasValue("same-origin");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("private, no-store");
    assertThat(answer.body()).doesNotContain(" style=").doesNotContain("<style");
  }

  @Test
  void letsTheApiPageSetItsStylesAndNoMore() throws Exception {
    HttpResponse<String> answer = get("/docs/index.html", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("content-security-policy"))
        .containsExactly(SecurityHeaders.API_PAGE);
    assertThat(SecurityHeaders.API_PAGE).contains("script-src 'self';");
  }

  @Test
  void servesTheSheetToEverybody() throws Exception {
    for (String asset :
        List.of(
            "armwise.css",
            "live.js",
            "patch.js",
            "press.js",
            "progress.js",
            "editor.js",
            "icon.svg")) {
      assertThat(get("/assets/" + asset, "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void showsReadersNoFormsAndRefusesTheirChanges() throws Exception {
    String reader = login(SERVICE.newKey(Role.READ));
    assertThat(get("/experiments/page", reader).body())
        .contains("A page")
        .doesNotContain("/do/")
        .doesNotContain("/edit");
    assertThat(get("/new", reader).statusCode()).isEqualTo(403);
    HttpResponse<String> answer =
        submit(
            "/experiments/page/do/start",
            reader,
            Map.of("reason", "mine"),
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(status("page")).isEqualTo("draft");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "Origin,https://evil.example"
  })
  void refusesChangesThatAnotherSiteSubmits(String header, String value) throws Exception {
    HttpResponse<String> answer =
        submit(
            "/experiments/page/do/start",
            login(SERVICE.adminKey()),
            Map.of("reason", "forged"),
            header,
            value);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(status("page")).isEqualTo("draft");
  }

  @ParameterizedTest
  @CsvSource({
    "start,'',422,Give a reason",
    "explode,why,400,Nothing was changed",
    "resume,not paused,400,Nothing was changed"
  })
  void explainsWhyNothingWasChanged(String action, String reason, int expected, String words)
      throws Exception {
    String session = login(SERVICE.adminKey());
    HttpResponse<String> answer =
        submit(
            "/experiments/page/do/" + action,
            session,
            Map.of("reason", reason, "token", token(session)),
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(answer.statusCode()).isEqualTo(expected);
    assertThat(answer.body()).contains(words);
    assertThat(status("page")).isEqualTo("draft");
  }

  @Test
  void refusesAFormThatComesFromAnotherSession() throws Exception {
    String other = token(login(SERVICE.newKey(Role.ADMIN)));
    for (String token : List.of("", "made-up", other)) {
      HttpResponse<String> answer =
          submit(
              "/experiments/page/do/start",
              login(SERVICE.adminKey()),
              Map.of("reason", "forged", "token", token),
              "Sec-Fetch-Site",
              "same-origin");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("The form is from another session");
    }
    assertThat(status("page")).isEqualTo("draft");
  }

  @Test
  void exportsArmsWithoutFormulas() throws Exception {
    HttpResponse<String> answer = get("/experiments/page/arms.csv", login(SERVICE.adminKey()));
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"page-arms.csv\"");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("experiment,arm,name,control,");
    assertThat(lines.get(1)).startsWith("page,control,Today,true,false,0,0,0,0,");
    assertThat(lines.get(2)).startsWith("page,other,'=cmd|'calc'!A1,false,");
    assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(20));
  }

  @ParameterizedTest
  @CsvSource({
    "best,Probability to be best",
    "loss,Expected loss",
    "means,Rate",
    "shares,Allocation versions",
    "days,By day of exposure"
  })
  void showsTheTableOfEveryChartOnAPageOfItsOwn(String chart, String caption) throws Exception {
    HttpResponse<String> answer =
        get("/experiments/page/tables/" + chart, login(SERVICE.adminKey()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<h1>" + caption, "<th scope=\"col\">Today</th>");
  }

  @ParameterizedTest
  @CsvSource({"arms,20", "metrics,15", "course,10", "days,6", "audit,6"})
  void exportsEveryTableWithoutFormulas(String table, int columns) throws Exception {
    SERVICE.client().post("/v1/experiments/page/arms/other/retire", Map.of("reason", "=1+1"));
    HttpResponse<String> answer =
        get("/experiments/page/" + table + ".csv", login(SERVICE.adminKey()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines())
        .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns))
        .noneSatisfy(line -> assertThat(line).contains(",="));
    HttpResponse<String> json =
        get("/experiments/page/" + table + ".json", login(SERVICE.adminKey()));
    assertThat(json.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"page-" + table + ".json\"");
    assertThat(StrictJson.tree(json.body()))
        .hasSize((int) answer.body().lines().count() - 1)
        .allSatisfy(row -> assertThat(row).hasSize(columns));
  }

  @ParameterizedTest
  @CsvSource({
    "/experiments,14",
    "/experiments/page/share/links,5",
    "/simulator/suites/runs,7",
    "/system/events,5",
    "/flags,9"
  })
  void exportsTheTablesOfTheOtherPages(String table, int columns) throws Exception {
    String session = login(SERVICE.adminKey());
    HttpResponse<String> csv = get(table + ".csv", session);
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("content-disposition")).isPresent();
    String head = csv.body().lines().findFirst().orElseThrow();
    assertThat(head.split(",", -1)).hasSize(columns);
    HttpResponse<String> json = get(table + ".json", session);
    assertThat(StrictJson.tree(json.body())).hasSize((int) csv.body().lines().count() - 1);
  }

  @Test
  void exportsWhatTheListWasAskedForAndNoMore() throws Exception {
    String session = login(SERVICE.adminKey());
    assertThat(get("/experiments.csv?q=page", session).body()).contains("page,A page,");
    assertThat(get("/experiments.csv?q=nothing+has+this+name", session).body().lines()).hasSize(1);
  }

  @Test
  void drawsTheHoursOfTheSystemAsAPicture() throws Exception {
    HttpResponse<String> picture = get("/system/events.svg", login(SERVICE.adminKey()));
    assertThat(picture.headers().firstValue("content-type").orElseThrow())
        .startsWith("image/svg+xml");
    assertThat(picture.body()).startsWith("<svg").contains("Events, the last 24 hours");
  }

  @Test
  void sharesAReportUntilTheLinkEndsAndNothingElse() throws Exception {
    String session = login(SERVICE.adminKey());
    HttpResponse<String> made =
        submit(
            "/experiments/page/share",
            session,
            Map.of("days", "7", "reason", "For the board", "token", token(session)),
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(made.statusCode()).isEqualTo(200);
    String link = made.body().replaceAll("(?s).*value=\"http[^\"]*(/shared/[^\"]*)\".*", "$1");
    HttpResponse<String> shared = get(link, "");
    assertThat(shared.statusCode()).isEqualTo(200);
    assertThat(shared.body())
        .contains("A page", "it cannot be changed from here")
        .doesNotContain("first administrator", "/do/", "For the board", "Log out");
    assertThat(get(link + "/tables/shares", "").body())
        .contains("Allocation versions", "Reason")
        .doesNotContain("first administrator", "Log out");
    assertThat(get(link + "/tables/audit", "").statusCode()).isEqualTo(404);
    for (String forged : List.of(link + "A", "/shared/a.b", link.replace('.', 'A'))) {
      assertThat(get(forged, "").statusCode()).isEqualTo(404);
    }
    assertThat(SERVICE.client().get("/v1/experiments/page/audit").text())
        .contains("share until", "For the board");
    String revoke =
        get("/experiments/page/share", session)
            .body()
            .replaceAll("(?s).*action=\"([^\"]*/revoke)\".*", "$1");
    assertThat(
            submit(
                    revoke,
                    session,
                    Map.of("token", token(session)),
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(303);
    assertThat(get(link, "").statusCode()).isEqualTo(404);
    assertThat(get("/experiments/page/share", session).body()).doesNotContain("/revoke");
  }

  @Test
  void keepsTheSystemPageToAdministrators() throws Exception {
    HttpResponse<String> answer = get("/system", login(SERVICE.adminKey()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("Keys and roles", "first administrator", "allocation_version")
        .doesNotContain(SERVICE.adminKey());
    assertThat(get("/system", login(SERVICE.newKey(Role.READ))).statusCode()).isEqualTo(403);
  }

  @Test
  void saysThatAnExperimentDoesNotExist() throws Exception {
    HttpResponse<String> answer = get("/experiments/%3Cscript%3E", login(SERVICE.adminKey()));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no such experiment").doesNotContain("<script>");
  }

  private static String status(String key) {
    return SERVICE.client().get("/v1/experiments/" + key).json().path("status").asText();
  }

  private static String login(String key) throws Exception {
    return submit("/login", "", Map.of("key", key))
        .headers()
        .firstValue("set-cookie")
        .orElseThrow()
        .split(";", -1)[0];
  }

  /** What the session's own forms carry. */
  private static String token(String session) throws Exception {
    return get("/new", session)
        .body()
        .replaceAll("(?s).*name=\"token\" value=\"([^\"]*)\".*", "$1");
  }

  private static HttpResponse<String> get(String path, String cookie) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path)).header("Accept", "text/html,*/*;q=0.5");
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> submit(
      String path, String cookie, Map<String, String> form, String... headers) throws Exception {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static URI at(String path) {
    return SERVICE.address().resolve(path);
  }
}
