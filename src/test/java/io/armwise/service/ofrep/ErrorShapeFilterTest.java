package io.armwise.service.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.ofrep.FlagResult.Failed;
import io.armwise.service.platform.problem.Problem;
import io.armwise.service.platform.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorShapeFilterTest {
  private static final String ONE = "/ofrep/v1/evaluate/flags/color";

  private static MutableHttpResponse<?> reshaped(String path, ProblemCode code) {
    MutableHttpResponse<Problem> response =
        HttpResponse.<Problem>status(code.status())
            .contentType("application/problem+json")
            .body(
                new Problem(
                    "",
                    code.title(),
                    code.status().getCode(),
                    code.json(),
                    "why",
                    path,
                    List.of()));
    new ErrorShapeFilter().reshape(HttpRequest.POST(path, ""), response);
    return response;
  }

  /** JavaScript's provider throws on 400, 404 and 500 without a key and a code. */
  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void namesKeyAndCodeForEveryProblem(ProblemCode code) {
    MutableHttpResponse<?> response = reshaped(ONE, code);
    ErrorCode wanted =
        code.status() == HttpStatus.BAD_REQUEST ? ErrorCode.PARSE_ERROR : ErrorCode.GENERAL;
    assertThat(response.body()).isEqualTo(new Failed("color", wanted, "why"));
    assertThat(response.getContentType().orElseThrow()).hasToString("application/json");
    assertThat(response.code()).isEqualTo(code.status().getCode());
  }

  @Test
  void namesNoKeyWhereTheRequestIsAboutNoFlag() {
    assertThat(reshaped("/ofrep/v1/evaluate/flags", ProblemCode.INTERNAL).body())
        .isEqualTo(new Failed(null, ErrorCode.GENERAL, "why"));
    assertThat(reshaped("/ofrep/v1/evaluate/flags/", ProblemCode.NOT_FOUND).body())
        .isEqualTo(new Failed(null, ErrorCode.GENERAL, "why"));
  }

  @Test
  void leavesOtherAnswersAlone() {
    MutableHttpResponse<String> response = HttpResponse.ok("fine");
    new ErrorShapeFilter().reshape(HttpRequest.POST(ONE, ""), response);
    assertThat(response.body()).isEqualTo("fine");
  }
}
