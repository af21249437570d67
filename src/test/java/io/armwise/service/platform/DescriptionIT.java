package io.armwise.service.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.testing.Await;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the service says of itself without being asked for a key. */
class DescriptionIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(DescriptionIT.class);
  private static final JsonClient ANYBODY = SERVICE.client().as(null);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void describesItsApiValidly() {
    String text = ANYBODY.get("/openapi/armwise.yml").expect(200).text();
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(text);
    assertThat(result.getMessages()).isEqualTo(List.of());
    OpenAPI api = result.getOpenAPI();
    assertThat(api.getPaths().keySet())
        .contains(
            "/v1/decisions",
            "/v1/events",
            "/v1/experiments",
            "/v1/experiments/{key}",
            "/v1/experiments/{key}/report");
    assertThat(api.getComponents().getSecuritySchemes()).containsKey("apiKey");
  }

  @Test
  void showsThePageThatExplainsTheApi() {
    assertThat(ANYBODY.get("/docs/index.html").expect(200).text()).contains("swagger-ui");
    ANYBODY.get("/docs/assets/swagger-ui.css").expect(200);
  }

  @Test
  void isReadyWithItsServers() {
    ANYBODY.get("/health/liveness").expect(200);
    Await.until(() -> ANYBODY.get("/health/readiness"), answer -> answer.status() == 200);
    assertThat(ANYBODY.get("/prometheus").expect(200).text()).contains("armwise_snapshot_sequence");
  }
}
